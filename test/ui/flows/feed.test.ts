import { describe, expect, it } from 'vitest';
import type { FeedEntry, FeedPost } from '../../../src/domain/feed-post.ts';
import { openScreen } from '../screen.ts';

const post = (seq: number, text: string, more: Partial<FeedPost> = {}): FeedEntry => ({
  seq,
  id: `p${seq}`,
  author: 'writer',
  by: 'agent',
  kind: 'status',
  text,
  at: 1,
  mentions: [],
  labels: { integrity: 'local', confidentiality: 'private' },
  replies: 0,
  reactions: [],
  ...more,
});

const CTRL_T = '\u0014';

describe('the pane of the feed', () => {
  it('opens and closes with Ctrl-T, and shows what comes while it is open', async () => {
    const screen = openScreen();
    await screen.shows('running');
    const told = [
      post(2, 'Read notes.txt.', { replyTo: 1, about: 'turn.tool' }),
      post(1, 'Started.'),
    ];
    screen.gateway.answers('feed.list', () => ({ posts: told, last: 2 }));
    await screen.type(CTRL_T);
    await screen.shows('#2   writer ▸ Read notes.txt.');
    screen.gateway.emit({ kind: 'feed', post: post(3, 'Half of it', { progress: 0.5 }) });
    await screen.shows('#3 writer ▸ ▰▰▰▰▱▱▱▱ 50 % Half of it');
    // Nothing is written twice, and a sign that draws elsewhere is none here.
    screen.gateway.emit({ kind: 'feed', post: post(4, 'a\u001b[2Jb', { kind: 'alert' }) });
    await screen.shows('#4 writer ▸ alert: a');
    await screen.type('hello');
    await screen.shows('hello');
    await screen.type(CTRL_T);
    await expect.poll(screen.frame, { interval: 10 }).not.toContain('Ctrl-T closes');
    await screen.shows('hello');
  });

  it('leaves what agents do out of the conversation, and not what they say', async () => {
    const screen = openScreen();
    await screen.shows('running');
    screen.gateway.emit({ kind: 'feed', post: post(1, 'Ran git.', { about: 'turn.tool' }) });
    screen.gateway.emit({ kind: 'feed', post: post(2, 'Which one?', { kind: 'question' }) });
    await screen.says('feed writer · question: Which one?');
    expect(screen.written()).not.toContain('Ran git.');
  });
});
