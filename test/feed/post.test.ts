import { describe, expect, it } from 'vitest';
import { createBus } from '../../src/bus/bus.ts';
import type { Maturity } from '../../src/domain/agent.ts';
import type { FeedPost } from '../../src/domain/feed-post.ts';
import { createFeedPost } from '../../src/feed/post.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { newestPosts } from '../../src/store/tables/feed.ts';
import { ensureSession, hushSession } from '../../src/store/tables/sessions.ts';
import { agent, intent, setGovernor } from '../governance/stage.ts';
import { freshStore, heldClock } from '../store/fresh.ts';
import { nothingOwn } from './nothing-own.ts';

async function setFeed() {
  const { store } = await freshStore();
  const bus = createBus();
  const told: FeedPost[] = [];
  bus.on('feed.posted', (post) => told.push(post));
  const post = createFeedPost({
    store,
    bus,
    clock: heldClock(),
    isPrivate: (channel) => channel === 'sms',
    own: async () => nothingOwn,
    userOf: async () => undefined,
  });
  const { governor } = await setGovernor({ store, actions: [post] });
  const perform = governor.performAs({ kind: 'system', id: 'atom' });
  const say = (id: string, resource: Parameters<typeof intent>[2]) =>
    perform(intent(id, 'feed.post', resource));
  const asAgent = async (maturity: Maturity) => {
    const { perform: act } = await setGovernor({ store, actions: [post], maturity });
    return (id: string, given: Parameters<typeof intent>[2], context = {}) =>
      act({ ...intent(id, 'feed.post', given), context });
  };
  return { store, told, say, post, asAgent };
}

describe('a post to the feed', () => {
  it('is kept and told once, without its secrets', async () => {
    const { store, told, say } = await setFeed();
    const text = 'the password = hunter22 works';
    expect(await say('1', { kind: 'insight', text })).toEqual({ ok: true, value: { post: 1 } });
    await say('1', { kind: 'insight', text });
    const [post, ...more] = await newestPosts(store, 9);
    expect(post).toMatchObject({ id: '1', author: 'atom', kind: 'insight' });
    expect(post?.text).toBe('the password = [secret] works');
    expect(more).toEqual([]);
    expect(told).toMatchObject([{ id: '1', seq: 1, by: 'system', mentions: [] }]);
    expect(JSON.stringify(await store.all('SELECT body FROM audit'))).not.toContain('hunter22');
  });

  it('that is not one is refused in words', async () => {
    const { store, say } = await setFeed();
    for (const wrong of [{}, { kind: 'shout', text: 'x' }, { kind: 'alert', text: '' }])
      expect(await say('1', wrong)).toMatchObject({ ok: false, reason: 'failed' });
    const long = { kind: 'alert', text: 'x'.repeat(2001) };
    expect(await say('2', long)).toMatchObject({ ok: false, reason: 'failed' });
    expect(await newestPosts(store, 9)).toEqual([]);
  });

  it('stays whole where taking out its secrets makes it longer', async () => {
    const { say } = await setFeed();
    const text = 'token=abcdef '.repeat(153).slice(0, 2000);
    expect(await say('1', { kind: 'status', text })).toMatchObject({ ok: true });
  });

  it('is none of a student, of a private agent, of one whose feed is off, nor from a private place', async () => {
    const { store, post, asAgent } = await setFeed();
    const resource = { kind: 'insight', text: 'x' };
    expect(await (await asAgent('student'))('1', resource)).toMatchObject({
      ok: false,
      reason: 'policy',
    });
    for (const told of [{ private: true }, { feed: 'off' as const }])
      await expect(post.prepare(resource, { ...agent, ...told })).rejects.toThrow('never posts');
    await store.tx(async (sql) => {
      await ensureAgent(sql, { id: 'atom', name: 'atom', maturity: 'intern' });
      for (const channel of ['sms', 'slack', 'signal']) {
        const home = { channel, account: '1', peer: '42' };
        const session = { id: channel, key: `${channel}:dm:42`, agent: 'atom', home, startedAt: 1 };
        await ensureSession(sql, session);
      }
      await hushSession(sql, 'slack');
    });
    const say = await asAgent('supervised');
    for (const session of ['sms', 'slack'])
      expect(await say(session, resource, { session })).toMatchObject({
        ok: false,
        message: expect.stringContaining('private place'),
      });
    expect(await say('3', resource, { session: 'signal' })).toMatchObject({ ok: true });
    expect((await newestPosts(store, 9)).map(({ author, session }) => [author, session])).toEqual([
      ['atom', 'signal'],
    ]);
  });
});
