import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sendDigest } from '../../src/assembly/digest.ts';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import type { FeedEntry } from '../../src/domain/feed-post.ts';
import type { FeedAnswers } from '../../src/protocol/feed-methods.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { until } from '../flows/stage/until.ts';
import { greeting, openKernel } from '../gateway/memory-stage.ts';

async function openFeed(channels = {}) {
  const stage = await openKernel({ channels });
  const { atom, kernel, profile } = stage;
  writeFileSync(join(profile.jail, 'notes.txt'), 'the milk is sour\n');
  await atom.jails.status();
  const ask = async <T>(method: string, params = {}): Promise<T> => {
    const answer = await kernel.call(LOCAL_OWNER, method, params);
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.payload as T;
  };
  const posts = async (params = {}): Promise<readonly FeedEntry[]> =>
    (await ask<FeedAnswers['feed.list']>('feed.list', params)).posts.toReversed();
  const texts = async (params = {}) => (await posts(params)).map(({ text }) => text);
  let count = 0;
  /** Says something and waits for the answer. */
  const say = async (text: string, agent?: string): Promise<string> => {
    const key = `k${++count}`;
    const said = agent === undefined ? { text, key } : { text, key, agent };
    const { event } = await ask<{ event: string }>('chat.send', said);
    return until(`an answer to “${text}”`, async () => {
      const row = await atom.records.store.get(
        'SELECT body FROM outbox WHERE id IN ($1, $2)',
        `reply:${event}`,
        `say:${event}`,
      );
      return row && String(JSON.parse(String(row.body)).text);
    });
  };
  return { ...stage, ask, posts, texts, say };
}

/** Where secrets would stand; they are none. */
const PLACES = 'TOKEN=<token>, token: your-token-1, https://user:password@a.example/x';

describe('the feed', () => {
  it('tells what an agent does as a story, in one thread and without a word of what was said', async () => {
    const { say, texts, posts } = await openFeed();
    expect(await say('read notes.txt')).toContain('the milk is sour');
    await until('the end of the story', async () =>
      (await texts()).some((text) => text.startsWith('Finished')),
    );
    const story = await posts({ thread: 2 }).catch(() => posts({ thread: 1 }));
    expect(story.map(({ text }) => text.replace(/[\d.]+ s/, 'N s'))).toEqual([
      'Started on a message from the terminal.',
      'Read notes.txt.',
      'Finished in N s.',
    ]);
    expect(story.map(({ author, by, about }) => `${by} ${author} ${about}`)).toEqual([
      ...['agent atom turn.started', 'agent atom turn.tool', 'agent atom turn.ended'],
    ]);
    expect(story[0]?.replies).toBe(2);
    expect(await say('/feed')).toContain('atom: Read notes.txt.');
  });

  it('says nothing of private agents, of those whose feed is off, and of private jails', async () => {
    const { say, ask, texts, profile, atom } = await openFeed();
    await ask('agents.add', { name: 'diary', maturity: 'intern', private: true });
    await ask('agents.add', { name: 'quiet', maturity: 'intern', feed: 'off' });
    await ask('agents.add', { name: 'keeper', maturity: 'intern' });
    for (const agent of ['diary', 'quiet']) await say('read notes.txt', agent);
    const folder = join(profile.folder, 'letters');
    mkdirSync(folder);
    writeFileSync(join(folder, 'love.txt'), 'dear\n');
    const letters = { name: 'letters', folder: realpathSync(folder), mode: 'read-write' } as const;
    atom.jails.use([...atom.jails.list(), { ...letters, private: true }]);
    expect(await say('read letters/love.txt', 'keeper')).toBeDefined();
    await atom.jails.status();
    await say(`read ${join(letters.folder, 'love.txt')}`, 'keeper');
    // What it does elsewhere in that conversation is told no more; a fresh one is.
    await say('read notes.txt', 'keeper');
    await until('the end of the first turn', async () =>
      (await texts({ author: 'keeper' })).some((text) => text.startsWith('Finished')),
    );
    expect(await texts({ author: 'keeper' })).toEqual([
      'Started on a message from the terminal.',
      'Could not read a file: it failed.',
      expect.stringContaining('Finished'),
    ]);
    const [row] = await atom.records.store.all('SELECT count(*) AS count FROM hush');
    expect(row?.count).toBe(1);
    await say('/new', 'keeper');
    await say('read notes.txt', 'keeper');
    await until('the story of the fresh conversation', async () =>
      (await texts({ author: 'keeper' })).includes('Read notes.txt.'),
    );
    expect(await texts({ author: 'diary' })).toEqual([]);
    expect(await texts({ author: 'quiet' })).toEqual([]);
    await ask('agents.set', { name: 'diary', private: false });
    await say('read notes.txt', 'diary');
    await until('a story of who is private no more', async () =>
      (await texts({ author: 'diary' })).includes('Read notes.txt.'),
    );
  });

  it('takes the owner’s own words, answers and signs, without what is private in them', async () => {
    const { ask, posts, connect, kernel, atom } = await openFeed();
    const watcher = connect({ ...LOCAL_OWNER, scopes: ['read'] });
    await watcher.request('connect', greeting);
    const { post } = await ask<FeedAnswers['feed.post']>('feed.post', {
      kind: 'question',
      text: `Who writes to dana@example.org, @writer? ${PLACES}`,
    });
    expect(post).toMatchObject({
      author: 'owner',
      by: 'owner',
      kind: 'question',
      mentions: ['writer'],
      text: `Who writes to [e-mail], @writer? ${PLACES}`,
    });
    await ask('feed.post', { text: 'I do', replyTo: post.seq });
    expect(await ask('feed.react', { post: post.seq, mark: '👍' })).toEqual({ changed: true });
    expect(await ask('feed.react', { post: post.seq, mark: '👍' })).toEqual({ changed: false });
    await expect(atom.feed.react(post.seq, 'the vault is at 4 Elm St')).rejects.toThrow('a sign');
    expect(await posts({ thread: post.seq })).toMatchObject([
      { replies: 1, reactions: [{ who: 'owner', mark: '👍' }] },
      { text: 'I do', replyTo: post.seq },
    ]);
    const kinds = (): readonly unknown[] =>
      watcher.frames.flatMap(({ event }) =>
        String(event?.kind).startsWith('feed') ? [event?.kind] : [],
      );
    await until('the events', () => kinds().length >= 3 || undefined);
    expect(kinds()).toEqual(['feed', 'feed', 'feed.reaction']);
    // Whoever only reads writes nothing in the owner's name.
    const reader = { ...LOCAL_OWNER, scopes: ['read', 'chat'] as const };
    for (const mark of ['👎', '🎉']) await ask('feed.react', { post: post.seq, mark });
    await expect(atom.feed.react(post.seq, '🚀')).rejects.toThrow('more than 3 signs');
    const refused = await kernel.call(reader, 'feed.post', { text: 'x' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'blocked' } });
    await expect(ask('feed.post', { text: 'x', replyTo: 999 })).rejects.toThrow('no post 999');
    await expect(ask('feed.list', { thread: 999 })).rejects.toThrow('no post 999');
  });

  it('says that something was learned, and not what; of private agents not even that', async () => {
    const { say, ask, texts, posts, atom } = await openFeed();
    await ask('agents.add', { name: 'helper', maturity: 'intern' });
    await ask('agents.add', { name: 'diary', maturity: 'intern', private: true });
    for (const agent of ['helper', 'diary']) {
      await say('remember that I like marzipan', agent);
      const { event } = await ask<{ event: string }>('chat.send', {
        text: '/run touch marzipan.txt',
        key: `touch-${agent}`,
        agent,
      });
      const ref = await until('a card', async () => {
        const row = await atom.records.store.get(`SELECT id FROM approval WHERE state = 'pending'`);
        return row && String(row.id);
      });
      const stand = { stand: 0, lifetime: '1h' };
      await ask('approvals.answer', { ref, verdict: 'approve', typed: true, ...stand });
      await until('the end', () =>
        atom.records.store.get('SELECT id FROM outbox WHERE id = $1', `reply:${event}`),
      );
    }
    await until('the stories', async () => {
      const all = await texts();
      return all.filter((text) => text.startsWith('Finished')).length > 1 || undefined;
    });
    expect((await posts({ author: 'helper' })).map(({ kind, text }) => `${kind}: ${text}`)).toEqual(
      expect.arrayContaining(['insight: Learned something to remember.', 'status: Ran touch.']),
    );
    const lesson = 'Learned: helper may run touch as you allowed it, for 1 hour, without asking.';
    const lessons = (await posts({ author: 'atom' })).filter(({ about }) => about === 'learned');
    expect(lessons.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([`insight: ${lesson}`]);
    expect((await texts()).join()).not.toMatch(/marzipan|diary may/);
  });

  it('goes to the owner’s chats once a day, where anything was told', async () => {
    const { ask, atom } = await openFeed({ telegram: { enabled: false, allow: ['42'] } });
    const { options, records, channels } = atom;
    const home = { channel: 'telegram', account: '1', peer: '42' };
    const chat = { id: 's1', key: 'telegram:dm:42', agent: 'atom', home, startedAt: 1 };
    await records.store.tx((sql) => ensureSession(sql, chat));
    const digest = () => sendDigest(options, { records, channels }, '2026-11-27');
    const sent = async (): Promise<readonly string[]> =>
      (await records.store.all(`SELECT body FROM outbox WHERE id LIKE 'digest:%'`)).map(
        ({ body }) => String(JSON.parse(String(body)).text),
      );
    await digest();
    expect(await sent()).toEqual([]);
    await ask('feed.post', { text: 'The disk is full', kind: 'alert' });
    await digest();
    await digest();
    expect(await sent()).toEqual([expect.stringContaining('owner, alert: The disk is full')]);
  });
});
