import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import { createLog } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import type { Prepared } from '../../src/domain/action.ts';
import type { FeedPost } from '../../src/domain/feed-post.ts';
import { createChronicle } from '../../src/feed/chronicle.ts';
import { deedOf } from '../../src/feed/deed-of.ts';
import type { Deed } from '../../src/feed/deeds.ts';
import { digestWords, latestWords } from '../../src/feed/digest.ts';
import { createStory, durationWords } from '../../src/feed/story.ts';
import { freshStore, heldClock } from '../store/fresh.ts';
import { nothingOwn } from './nothing-own.ts';

const deed = (action: string, names: readonly string[] = [], more: Partial<Deed> = {}): Deed => ({
  action,
  names,
  result: 'done',
  ...more,
});

function storyOf(deeds: readonly Deed[], how: 'replied' | 'failed' | 'declined' = 'replied') {
  const lines: string[] = [];
  const story = createStory('a message from Telegram', ({ text }) => lines.push(text));
  for (const one of deeds) story.did(one);
  story.ended(how, 12_000);
  return lines;
}

describe('the story of a turn', () => {
  it('says that it began, what was done in few lines, and how it ended', () => {
    const deeds = [
      deed('shell.exec', ['git']),
      deed('shell.exec', ['npm'], { result: 'ended badly' }),
      deed('shell.exec', ['git']),
      deed('llm.complete'),
      deed('file.read', ['notes.txt']),
      deed('net.fetch'),
      deed('net.fetch'),
    ];
    expect(storyOf(deeds)).toEqual([
      'Started on a message from Telegram.',
      'Ran git and npm, 3 commands; 1 of them ended with an error.',
      'Read notes.txt.',
      'Fetched 2 pages.',
      'Finished in 12 s: 3 commands, 1 file read, 2 pages fetched.',
    ]);
  });

  it('says what could not be done, and why in a few words', () => {
    const no = deed('shell.exec', ['rm'], { result: 'denied' });
    expect(storyOf([no, no], 'declined')).toEqual([
      'Started on a message from Telegram.',
      'Could not run rm: you said no, 2 times.',
      'Finished in 12 s without what you declined.',
    ]);
  });

  it('tells reasons where it is given any, one by one', () => {
    const why = deed('file.write', ['plan.md'], { because: 'You asked for a plan' });
    expect(storyOf([why, why])).toContain('Wrote plan.md. Why: You asked for a plan');
  });

  it('says that something was learned, corrected or forgotten, and nothing of what', () => {
    const done = (resource: Json): Deed => {
      const prepared: Prepared = {
        resource,
        facts: {},
        card: { kind: 'file', words: [], may: [], undo: '' },
      };
      const outcome = { ok: true, value: null } as const;
      const intent = { id: 'i', action: 'memory.write', resource, context: {} };
      return deedOf(intent, prepared, { outcome, reasons: false });
    };
    const wishes = [
      { text: 'likes tea' },
      { note: 'likes-tea', text: 'likes milk' },
      { about: 'tea' },
      { note: 'likes-tea', restore: true },
    ];
    expect(storyOf(wishes.map(done)).slice(1)).toEqual([
      'Learned something to remember.',
      'Corrected what it remembers.',
      'Forgot a note.',
      'Corrected what it remembers.',
      'Finished in 12 s: 1 thing learned, 2 notes corrected, 1 note forgotten.',
    ]);
  });

  it('is none where nothing is done, unless that failed', () => {
    expect(storyOf([deed('llm.complete')])).toEqual([]);
    expect(storyOf([], 'failed')).toEqual(['Failed after 12 s at a message from Telegram.']);
  });

  it('tells times as people do', () => {
    expect([20, 400, 12_345, 185_000, 7_384_000].map(durationWords)).toEqual([
      ...['0.1 s', '0.4 s', '12 s', '3 min 5 s', '2 h 3 min'],
    ]);
  });
});

async function setChronicle(secrets = nothingOwn.secrets) {
  const { store } = await freshStore();
  const bus = createBus();
  const told: FeedPost[] = [];
  bus.on('feed.posted', (post) => told.push(post));
  const chronicle = createChronicle({
    store,
    bus,
    clock: heldClock(),
    log: createLog(() => undefined),
    own: async () => ({ ...nothingOwn, secrets }),
  });
  return { chronicle, told };
}

const teller = {
  agent: 'writer',
  session: 's',
  cause: 'the job j1',
  userOf: async () => undefined,
};

describe('what atom itself tells', () => {
  it('is kept in one thread a turn, without home folders and secrets', async () => {
    const { chronicle, told } = await setChronicle();
    const [one, other] = [chronicle.story(teller), chronicle.story({ ...teller, agent: 'atom' })];
    one.did(deed('file.read', ['dana@example.org.txt']));
    other.waits('k7p2');
    one.ended('replied', 500);
    await chronicle.close();
    expect(told.map(({ seq, author, root, text }) => [seq, author, root, text])).toEqual([
      [1, 'writer', undefined, 'Started on the job j1.'],
      [2, 'atom', undefined, 'Started on the job j1.'],
      [3, 'atom', 2, 'Waits for your answer to k7p2.'],
      [4, 'writer', 1, 'Read [e-mail].'],
      [5, 'writer', 1, 'Finished in 0.5 s.'],
    ]);
    expect(told.every(({ about }) => about !== undefined)).toBe(true);
  });

  it('goes on in its thread once its first line was kept before', async () => {
    const { chronicle, told } = await setChronicle();
    const story = chronicle.story(teller);
    story.waits('k7p2');
    await chronicle.close();
    story.ended('replied', 500);
    await chronicle.close();
    expect(told.map(({ root }) => root)).toEqual([undefined, 1, 1]);
  });

  it('is not posted where what is private in it cannot be told', async () => {
    const { chronicle, told } = await setChronicle((text) => {
      if (text.includes('Read')) throw new Error('no');
      return text;
    });
    const story = chronicle.story(teller);
    story.did(deed('file.read', ['a.txt']));
    story.ended('replied', 500);
    await chronicle.close();
    expect(told.map(({ text }) => text)).toEqual(['Started on the job j1.', 'Finished in 0.5 s.']);
  });
});

describe('the digest of a day', () => {
  const post = (seq: number, more: Partial<FeedPost>): FeedPost => ({
    seq,
    id: `p${seq}`,
    author: 'writer',
    by: 'agent',
    kind: 'status',
    text: 'x',
    at: 1,
    mentions: [],
    labels: { integrity: 'local', confidentiality: 'private' },
    ...more,
  });

  it('has what needs somebody first, then who did how much; a quiet day has none', () => {
    const posts = [
      post(1, { about: 'turn.started' }),
      post(2, { about: 'turn.ended' }),
      post(3, { kind: 'question', text: 'Which\ncolour?' }),
      post(4, { author: 'checker', kind: 'alert', text: 'The disk is full', progress: 0.5 }),
    ];
    expect(digestWords(posts)?.split('\n')).toEqual([
      'The feed of the last day.',
      '#4 checker, alert: The disk is full (50 %)',
      '#3 writer, question: Which colour?',
      'writer: 1 finished, 1 post',
      'checker: 1 post',
      'All of it: atom feed',
    ]);
    expect(digestWords([])).toBeUndefined();
    expect(latestWords(posts.slice(0, 1))).toContain('#1 writer: x');
  });
});
