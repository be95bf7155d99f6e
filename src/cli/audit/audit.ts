import { existsSync } from 'node:fs';
import { AtomError, exitCodes } from '../../base/errors.ts';
import { visibleBlock } from '../../base/visible.ts';
import type { AuditEntry } from '../../domain/audit-entry.ts';
import type { Sql } from '../../domain/store.ts';
import type { Cli } from '../cli.ts';
import { clipped, table } from '../out/table.ts';
import { summaryOf } from './summary.ts';

export interface ListWish {
  readonly limit: number;
  readonly before?: number;
  readonly kind?: string;
}

/** The latest entries of the record, read from the file itself: no gateway is asked. */
export async function listEntries(cli: Cli, wish: ListWish): Promise<void> {
  const { newestEntries } = await import('../../store/tables/audit.ts');
  const entries = await withRecord(cli, (sql) => newestEntries(sql, wish));
  if (cli.out.json) return cli.out.object({ entries });
  if (entries.length === 0) return cli.out.say('The record has no such entry.');
  const rows = entries.map((entry) => [
    String(entry.seq),
    localTime(entry.at),
    entry.kind,
    summaryOf(entry),
  ]);
  const width = process.stdout.columns ?? WIDTH;
  for (const line of table(rows)) cli.out.data(clipped(line, width));
}

export async function showEntry(cli: Cli, seq: number): Promise<void> {
  const { newestEntries } = await import('../../store/tables/audit.ts');
  const [entry] = await withRecord(cli, (sql) => newestEntries(sql, { limit: 1, before: seq + 1 }));
  if (entry?.seq !== seq) {
    throw new AtomError('not-found', `The record has no entry ${seq}`, {
      next: ['See the latest:   atom audit list'],
    });
  }
  if (cli.out.json) cli.out.object({ entry });
  else cli.out.data(visibleBlock(entryText(entry)));
}

/** Walks the whole chain. Exits 1 and names the first entry that does not hold. */
export async function verify(cli: Cli): Promise<number> {
  const { verifyAudit } = await import('../../governance/audit/verify.ts');
  const result = await withRecord(cli, verifyAudit);
  if (cli.out.json) cli.out.object({ ...result });
  const { good, bad, marks } = cli.out.style;
  if (result.ok) {
    if (cli.out.json) return 0;
    cli.out.data(`${good(marks.yes)} ${result.entries} entries, unbroken. Head ${result.head}`);
    return 0;
  }
  if (!cli.out.json) {
    cli.out.data(`${bad(marks.no)} The record was tampered with: ${result.problem}.`);
    cli.out.data(`  The ${result.entries} entries before it hold.`);
  }
  return exitCodes.failed;
}

async function withRecord<T>(cli: Cli, read: (sql: Sql) => Promise<T>): Promise<T> {
  const { database, profile } = cli.paths;
  if (!existsSync(database)) {
    throw new AtomError('not-found', `Profile "${profile}" has no record yet`, {
      next: ['It begins with the first start:   atom start'],
    });
  }
  const { openStore } = await import('../../store/open.ts');
  const store = await openStore({ file: database, readOnly: true });
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

const entryText = ({ seq, at, kind, body, prev, hash }: AuditEntry): string =>
  [
    `entry ${seq} · ${kind} · ${new Date(at).toISOString()}`,
    JSON.stringify(body, null, 2),
    `prev ${prev}`,
    `hash ${hash}`,
  ].join('\n');

/** Where no terminal says how wide it is. */
const WIDTH = 200;

/** `2026-02-03 10:02:11`, local time. */
const localTime = (at: number): string => new Date(at).toLocaleString('sv-SE');
