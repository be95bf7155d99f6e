import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { Store } from '../../src/domain/store.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { verifyAudit } from '../../src/governance/audit/verify.ts';
import { openStore } from '../../src/store/open.ts';
import { pendingApprovals } from '../../src/store/tables/approvals.ts';
import { claimLane } from '../../src/store/tables/lanes.ts';
import { takeEvent } from '../../src/store/tables/spool.ts';
import { recentEntries } from '../../src/store/tables/transcript.ts';
import { freshFolder } from './fresh.ts';

/** Databases as released versions of atom left them when they were killed in the middle of a conversation. */
const SCHEMAS = join(import.meta.dirname, 'schemas');
const CONVERSATION = 'terminal:self:main';

interface Table {
  readonly name: string;
  readonly rows: number;
}

function tablesOf(db: Database.Database): readonly Table[] {
  const names = db
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all() as string[];
  return names.map((name) => ({
    name,
    rows: Number(db.prepare(`SELECT count(*) FROM ${name}`).pluck().get()),
  }));
}

async function opened(dump: string): Promise<{ store: Store; before: readonly Table[] }> {
  const file = join(freshFolder(), 'atom.db');
  const db = new Database(file);
  db.exec(`BEGIN; ${readFileSync(join(SCHEMAS, dump), 'utf8')} COMMIT;`);
  const before = tablesOf(db);
  db.close();
  const store = await openStore({ file });
  onTestFinished(() => store.close());
  return { store, before };
}

describe.each(readdirSync(SCHEMAS))('a database of %s', (dump) => {
  it('keeps every row when a newer atom opens it', async () => {
    const { store, before } = await opened(dump);
    expect(before.length).toBeGreaterThan(10);
    for (const { name, rows } of before.filter((table) => table.name !== 'schema_version')) {
      const now = await store.get(`SELECT count(*) AS many FROM ${name}`);
      expect(now, name).toEqual({ many: rows });
    }
    expect(await store.all('PRAGMA foreign_key_check')).toEqual([]);
    expect(await store.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
  });

  it('goes on with what was said, asked and waiting', async () => {
    const { store } = await opened(dump);
    const said = (await recentEntries(store, CONVERSATION, 100)).map(({ item }) => item);
    expect(JSON.stringify(said)).toContain('buy milk');
    expect(await pendingApprovals(store)).toMatchObject([
      { card: { words: ['mkdir', '-p', '--', 'later'] } },
    ]);
    await store.run('UPDATE lane SET lease = 0');
    const now = Date.now();
    const claim = await store.tx((sql) => claimLane(sql, { queue: 'in', now, leaseMs: 1000 }));
    expect(claim).toMatchObject({ lane: CONVERSATION });
    expect(await takeEvent(store, CONVERSATION)).toMatchObject({
      event: { text: 'make folder later' },
    });
  });

  it('has a record that still verifies, and that goes on', async () => {
    const { store } = await opened(dump);
    const before = await verifyAudit(store);
    await store.tx((sql) => createAudit(systemClock)(sql, 'gateway.stopped', { boot: 'x' }));
    expect(await verifyAudit(store)).toMatchObject({ ok: true });
    expect(before).toMatchObject({ ok: true });
  });
});
