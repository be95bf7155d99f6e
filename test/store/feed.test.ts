import { describe, expect, it } from 'vitest';
import { mentionsIn, type NewPost } from '../../src/domain/feed-post.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import type { Store } from '../../src/domain/store.ts';
import {
  addReaction,
  type FeedQuery,
  feedPage,
  insertPost,
  postBySeq,
} from '../../src/store/tables/feed.ts';
import { freshStore } from './fresh.ts';

const post = (id: string, more: Partial<NewPost> = {}): NewPost => ({
  id,
  author: 'writer',
  by: 'agent',
  kind: 'status',
  text: id,
  at: 1,
  mentions: [],
  labels: cleanLabels,
  ...more,
});

async function storeWith(...posts: readonly NewPost[]): Promise<Store> {
  const { store } = await freshStore();
  await store.tx(async (sql) => {
    for (const one of posts) await insertPost(sql, one);
  });
  return store;
}

const idsOf = async (store: Store, query: Partial<FeedQuery>): Promise<readonly string[]> =>
  (await feedPage(store, { limit: 10, ...query })).map(({ id }) => id);

describe('the feed that is kept', () => {
  it('is read page by page, and what is added meanwhile moves nothing', async () => {
    const store = await storeWith(...['a', 'b', 'c', 'd', 'e'].map((id) => post(id)));
    const [e, d] = await feedPage(store, { limit: 2 });
    expect([e?.id, d?.id]).toEqual(['e', 'd']);
    await store.tx((sql) => insertPost(sql, post('f')));
    expect(await idsOf(store, { before: d?.seq, limit: 2 })).toEqual(['c', 'b']);
    // Whoever was away reads on from where they were, and misses nothing.
    expect(await idsOf(store, { after: d?.seq })).toEqual(['e', 'f']);
  });

  it('is read by author and by kind', async () => {
    const store = await storeWith(
      post('a', { kind: 'alert' }),
      post('b', { author: 'checker' }),
      post('c', { author: 'checker', kind: 'alert' }),
    );
    expect(await idsOf(store, { author: 'checker' })).toEqual(['c', 'b']);
    expect(await idsOf(store, { kind: 'alert' })).toEqual(['c', 'a']);
    expect(await idsOf(store, { author: 'checker', kind: 'alert' })).toEqual(['c']);
  });

  it('finds every page by an index', async () => {
    const store = await storeWith(post('a'));
    const plan = async (where: string): Promise<string> =>
      JSON.stringify(
        await store.all(`EXPLAIN QUERY PLAN SELECT * FROM feed ${where} ORDER BY seq DESC LIMIT 5`),
      );
    for (const where of [
      'WHERE seq < 5',
      `WHERE author = 'a'`,
      `WHERE kind = 'alert'`,
      `WHERE seq < 5 AND author = 'a' AND kind = 'alert'`,
      'WHERE root = 1',
    ])
      expect(await plan(where)).toMatch(/SEARCH(?!.*TEMP B-TREE)/);
  });

  it('keeps answers with the post that their thread began with', async () => {
    const store = await storeWith(
      post('question'),
      post('other'),
      post('answer', { replyTo: 1 }),
      post('answer to the answer', { replyTo: 3 }),
    );
    const thread = ['answer to the answer', 'answer', 'question'];
    expect(await idsOf(store, { thread: 1 })).toEqual(thread);
    expect(await idsOf(store, { thread: 1, after: 0, limit: 2 })).toEqual(['question', 'answer']);
    expect(await postBySeq(store, 1)).toMatchObject({ replies: 2 });
    expect(await postBySeq(store, 4)).toMatchObject({ replyTo: 3, root: 1 });
    await expect(store.tx((sql) => insertPost(sql, post('x', { replyTo: 99 })))).rejects.toThrow(
      'There is no post 99',
    );
  });

  it('keeps a post and what somebody thinks of it once', async () => {
    const store = await storeWith(post('a', { progress: 0.5, about: 'turn.tool' }), post('a'));
    const react = (who: string) => addReaction(store, { post: 1, who, mark: '👍', at: 2 });
    expect([await react('owner'), await react('owner'), await react('writer')]).toEqual([
      ...[true, false, true],
    ]);
    expect(await feedPage(store, { limit: 9 })).toEqual([
      {
        ...post('a', { progress: 0.5, about: 'turn.tool' }),
        seq: 1,
        replies: 0,
        reactions: [
          { mark: '👍', who: 'owner' },
          { mark: '👍', who: 'writer' },
        ],
      },
    ]);
  });
});

describe('whom a post speaks to', () => {
  it('is whoever it names with an @, once, and no address of e-mail', () => {
    expect(mentionsIn('@writer and @owner, see @writer: a@b.org, @UPPER, @x_y')).toEqual([
      ...['writer', 'owner'],
    ]);
  });
});
