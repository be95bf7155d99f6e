import { describe, expect, it } from 'vitest';
import type { Sql, SqlValue } from '../../src/domain/store.ts';
import { lastingEntry, newestEntries } from '../../src/store/tables/audit.ts';
import { recentDeeds, tallies } from '../../src/store/tables/conduct.ts';
import { claimLane, nextDue } from '../../src/store/tables/lanes.ts';
import { doubtSending, outboxDepth } from '../../src/store/tables/outbox.ts';
import { endBegun, spoolDepth } from '../../src/store/tables/spool.ts';
import { freshStore } from './fresh.ts';

/** How SQLite would find what `work` asks for, one line a step. */
async function plans(store: Sql, work: (sql: Sql) => Promise<unknown>): Promise<readonly string[]> {
  const asked: (readonly [string, readonly SqlValue[]])[] = [];
  const noting: Sql = {
    all: async (query, ...params) => {
      asked.push([query, params]);
      return store.all(query, ...params);
    },
    get: async (query, ...params) => {
      asked.push([query, params]);
      return store.get(query, ...params);
    },
    run: async (query, ...params) => {
      asked.push([query, params]);
      return store.run(query, ...params);
    },
  };
  await work(noting);
  const steps = await Promise.all(
    asked.map(([query, params]) => store.all(`EXPLAIN QUERY PLAN ${query}`, ...params)),
  );
  return steps.flat().map(({ detail }) => String(detail));
}

const LOOKUPS: readonly (readonly [string, (sql: Sql) => Promise<unknown>])[] = [
  ['the newest of the record', (sql) => newestEntries(sql, { limit: 1 })],
  ['what the owner agreed to', (sql) => lastingEntry(sql, 'jails.changed')],
  ['the next lane', (sql) => claimLane(sql, { queue: 'in', now: 1, leaseMs: 1 })],
  ['when a lane is due', (sql) => nextDue(sql, 'out')],
  ['how much waits to be answered', spoolDepth],
  ['how much waits to be sent', outboxDepth],
  ['what was being sent', doubtSending],
  ['the turns that were begun', (sql) => endBegun(sql, 'stopped')],
  ['what counts for an agent', (sql) => tallies(sql, { agent: 'main', since: 1 })],
];

describe('among very many rows', () => {
  it.each(LOOKUPS)('%s is found by an index, in its order', async (_, work) => {
    const { store } = await freshStore();
    const steps = await plans(store, work);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.filter((step) => /^SCAN (?!.*USING )|FOR ORDER BY/.test(step))).toEqual([]);
  });

  it('an agent’s thoughts and answers are passed over', async () => {
    const { store } = await freshStore();
    const steps = await plans(store, (sql) => recentDeeds(sql, 'main', 5));
    expect(steps.join()).toContain('USING INDEX run_agent');
  });
});
