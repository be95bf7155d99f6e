// node test/bench/growth.ts [--full] [--json]: what a store with a thousand rows costs, and one with a hundred thousand
// (with --full: a million). A lookup is held to what it costs among a thousand; checking the record to a bare look
// at every row of it, in the processor's time.
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/domain/store.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { verifyAudit } from '../../src/governance/audit/verify.ts';
import { openStore } from '../../src/store/open.ts';
import { feedPage, newestPosts } from '../../src/store/tables/feed.ts';
import { claimLane, releaseLane } from '../../src/store/tables/lanes.ts';
import { markHandled, spoolEvent, takeEvent } from '../../src/store/tables/spool.ts';
import { conversation } from '../../src/store/tables/transcript.ts';
import { eventFor } from './events.ts';
import { middle, worked } from './measure.ts';
import { verdict } from './verdict.ts';

const SIZES = [1000, 100_000, ...(process.argv.includes('--full') ? [1_000_000] : [])];
const ROUNDS = 60;
const BATCH = 5000;
/** Entries of the conversation that is loaded. */
const CONVERSATION = 200;

const root = mkdtempSync('/var/tmp/atom-growth-');
const audit = createAudit(systemClock);

interface Sized {
  readonly size: number;
  readonly store: Store;
  /** A store in which one lane has all the rows waiting, and is held by somebody. */
  readonly behind: Store;
}

/** Rows are made by the database itself: what is measured is reading them. */
const counted = (size: number): string =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${size})`;

async function fill(store: Store, size: number): Promise<void> {
  await store.run(`INSERT INTO agent(id, name, maturity) VALUES('a', 'a', 'intern')`);
  for (const session of ['s', 'others'])
    await store.run(
      `INSERT INTO session(id, key, agent, home, started_at) VALUES($1, $1, 'a', '{}', 0)`,
      session,
    );
  await spoolRows(store, size, 'handled');
  await store.run(
    `INSERT INTO feed(id, author, kind, text, at) ${counted(size)}
     SELECT 'p' || i, 'a', 'status', 'something happened ' || i, i FROM n`,
  );
  await store.run(
    `INSERT INTO transcript(session, event, labels, item, at) ${counted(size)}
     SELECT CASE WHEN i % ${size / CONVERSATION} = 0 THEN 's' ELSE 'others' END, 'e' || i, '{}',
       '{"role":"user","text":"list files","sender":"1"}', i FROM n`,
  );
  for (let at = 0; at < size; at += BATCH)
    await store.tx(async (sql) => {
      for (let n = at; n < Math.min(size, at + BATCH); n++)
        await audit(sql, 'done', { run: `run-${n}`, digest: 'd'.repeat(64), result: 'ok' });
    });
}

const spoolRows = (store: Store, size: number, state: string): Promise<number> =>
  store.run(
    `INSERT INTO spool(id, channel, account, external_id, lane, body, state, at) ${counted(size)}
     SELECT 'e' || i, 'telegram', '1', 'x' || i, 'old', '{"text":"list files"}', '${state}', i FROM n`,
  );

async function open(size: number): Promise<Sized> {
  const store = await openStore({ file: join(root, `${size}.db`) });
  await fill(store, size);
  const behind = await openStore({ file: join(root, `${size}-behind.db`) });
  await spoolRows(behind, size, 'waiting');
  await behind.run(
    `INSERT INTO lane(queue, lane, depth, lease) VALUES('in', 'old', $1, $2)`,
    size,
    Number.MAX_SAFE_INTEGER,
  );
  return { size, store, behind };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

let told = 0;
/** One message through its lane; the time from the claim to the release. */
async function through(store: Store): Promise<number> {
  const event = eventFor(told++);
  await store.tx((sql) => spoolEvent(sql, event, 'lane'));
  return timed(async () => {
    const claim = await store.tx((sql) => claimLane(sql, { queue: 'in', now: 1, leaseMs: 1000 }));
    if (claim?.lane !== 'lane') throw new Error('the wrong lane was claimed');
    await store.tx((sql) => takeEvent(sql, 'lane'));
    await store.tx(async (sql) => {
      await markHandled(sql, event.id, 'replied');
      await releaseLane(sql, { queue: 'in', claim, done: 1, due: 0 });
    });
  });
}

/** A bare look at every row of the record, in their order. */
async function scan(size: number): Promise<void> {
  const db = new Database(join(root, `${size}.db`), { readonly: true });
  let bytes = 0;
  for (const row of db.prepare('SELECT * FROM audit ORDER BY chain, seq').iterate())
    bytes += (row as { readonly body: string }).body.length;
  db.close();
  if (bytes === 0) throw new Error('there is no record');
}

const CLAIM = 'claim to release, N rows of history';
const BEHIND = 'the same, another lane has N waiting';
const FEED = 'feed, the newest 50';
const FEED_PAGE = 'feed, 50 of one author in the middle';
const READ = 'record: only read';
const VERIFY = 'record: verify';

const MEASURES: readonly (readonly [string, number, (sized: Sized) => Promise<number>])[] = [
  [CLAIM, ROUNDS, ({ store }) => through(store)],
  [BEHIND, ROUNDS, ({ behind }) => through(behind)],
  [FEED, ROUNDS, ({ store }) => timed(() => newestPosts(store, 50))],
  [
    FEED_PAGE,
    ROUNDS,
    ({ store, size }) =>
      timed(() => feedPage(store, { before: size / 2, author: 'a', kind: 'status', limit: 50 })),
  ],
  [
    `session of ${CONVERSATION} entries`,
    ROUNDS,
    ({ store }) => timed(() => conversation(store, 's')),
  ],
  [READ, 3, ({ size }) => worked(() => scan(size))],
  [VERIFY, 3, ({ store }) => worked(() => verifyAudit(store))],
];

try {
  const all: Sized[] = [];
  for (const size of SIZES) all.push(await open(size));
  const isJson = process.argv.includes('--json');
  const say = isJson ? () => undefined : console.log;
  const heads = SIZES.map((size) => size.toLocaleString('en').padStart(12)).join('');
  say(`${'ms, p50'.padEnd(40)}${heads}${'last/first'.padStart(12)}`);
  const found = new Map<string, readonly number[]>();
  for (const [what, rounds, measure] of MEASURES) {
    const times = all.map((): number[] => []);
    // In turn, so that all sizes share the machine's moods.
    for (let round = 0; round < rounds; round++)
      for (const [at, sized] of all.entries()) times[at]?.push(await measure(sized));
    const middles = times.map(middle);
    found.set(what, middles);
    const ratio = (middles.at(-1) ?? 0) / (middles[0] ?? 1);
    const cells = middles.map((ms) => ms.toFixed(3).padStart(12)).join('');
    say(`${what.padEnd(40)}${cells}${`${ratio.toFixed(2)}x`.padStart(12)}`);
  }
  if (isJson)
    console.log(JSON.stringify({ schema: 1, sizes: SIZES, ms: Object.fromEntries(found) }));
  else tellVerdicts(found);
  for (const { store, behind } of all) {
    await store.close();
    await behind.close();
  }
} finally {
  rmSync(root, { recursive: true });
}

function tellVerdicts(found: ReadonlyMap<string, readonly number[]>): void {
  const last = (what: string): number => found.get(what)?.at(-1) ?? 0;
  const growth = (what: string): number => last(what) / (found.get(what)?.[0] ?? 1);
  console.log('');
  for (const what of [CLAIM, BEHIND, FEED, FEED_PAGE])
    console.log(verdict(what, growth(what), { most: 1.5 }));
  const [first = 1, most = 1] = [SIZES[0], SIZES.at(-1)];
  console.log(verdict(`${VERIFY}, for each row`, growth(VERIFY) / (most / first), { most: 1.5 }));
  console.log(
    verdict(`${VERIFY}, of the rate of reading`, last(READ) / last(VERIFY), { least: 0.35 }),
  );
}
