import { AtomError } from '../../base/errors.ts';
import { visibleBlock } from '../../base/visible.ts';
import type { AuditEntry } from '../../domain/audit-entry.ts';
import type { Cli } from '../cli.ts';
import { clipped, table } from '../out/table.ts';
import { withRecord } from './open.ts';
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
