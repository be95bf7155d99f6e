import { expect, test } from 'vitest';
import { createFeedDesk } from '../../../src/assembly/feed-desk.ts';
import { tellClients } from '../../../src/assembly/tell-clients.ts';
import { createUsers } from '../../../src/assembly/users.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { createLog } from '../../../src/base/log.ts';
import { createBus } from '../../../src/bus/bus.ts';
import { type FeedPost, MOST_POST } from '../../../src/domain/feed-post.ts';
import { insertPost } from '../../../src/store/tables/feed.ts';
import { freshStore } from '../../store/fresh.ts';
import { setNetwork } from './stage.ts';

/** More than the gateway and the system keep for somebody who reads nothing. */
const ENOUGH = 3000;
const TOLD_AT_ONCE = 500;
const PAGE = 200;

/** A feed behind a real port, into which posts are written that are as long as posts may be. */
async function setFeed() {
  const { store } = await freshStore();
  const bus = createBus();
  const users = createUsers({ users: [], waiting: [] });
  const desk = createFeedDesk({
    records: { store, users },
    performAsOwner: () => expect.unreachable('nobody posts as the owner'),
  });
  const network = await setNetwork({ methods: { 'feed.list': desk.page } });
  const log = createLog(() => undefined);
  tellClients({ emit: network.hub.emit, clock: systemClock, log }, { bus, users, store });
  const text = '世'.repeat(MOST_POST);
  let posted = 0;
  const post = async (many: number): Promise<void> => {
    const kept = await store.tx((sql) =>
      Promise.all(
        Array.from({ length: many }, () =>
          insertPost(sql, {
            id: `p${++posted}`,
            author: 'atom',
            by: 'system',
            kind: 'status',
            text,
            at: posted,
            mentions: [],
            labels: { integrity: 'local', confidentiality: 'private' },
          }),
        ),
      ),
    );
    for (const one of kept) if (one) bus.tell('feed.posted', one);
    await new Promise(setImmediate);
  };
  return { ...network, post, posted: () => posted };
}

type Client = ReturnType<Awaited<ReturnType<typeof setFeed>>['client']>;

const told = (client: Client): readonly number[] =>
  client.events().flatMap(({ event }) => (event ? (event.post as FeedPost).seq : []));

/** All posts after a number, page by page. */
async function readOn(client: Client, after: number): Promise<readonly number[]> {
  client.req(`after ${after}`, 'feed.list', { after, limit: PAGE });
  const { payload } = await client.answer(`after ${after}`);
  const { posts } = payload as unknown as { readonly posts: readonly FeedPost[] };
  const seqs = posts.map(({ seq }) => seq);
  const last = seqs.at(-1);
  return last === undefined ? [] : [...seqs, ...(await readOn(client, last))];
}

test('who follows the feed and reads too slowly is let go with words, and reads on without a gap', async () => {
  const { client, program, post, posted } = await setFeed();
  const token = program('p1');
  const slow = client();
  await slow.token(token);
  await post(3);
  slow.ws.pause();
  while (posted() < ENOUGH) await post(TOLD_AT_ONCE);
  slow.ws.resume();
  expect(await slow.closed).toMatchObject({
    code: 4008,
    reason: 'events were lost: it read too slowly',
  });
  const live = told(slow);
  expect(live.length).toBeLessThan(posted());
  const again = client();
  await again.token(token);
  const all = [...live, ...(await readOn(again, live.at(-1) ?? 0))];
  expect(all).toEqual(Array.from({ length: posted() }, (_, at) => at + 1));
});
