import type { Sql } from '../../domain/store.ts';

/**
 * Why a key began to sign: it is the record's first; the one before it says so (`rotated`); the one
 * before it is gone (`lost`); or the record is shorter than what was signed (`restored`).
 */
export type KeyReason = 'first' | 'rotated' | 'lost' | 'restored';

/** A key that signs checkpoints from the entry on that announces it. `key` is its text. */
export interface KeyRow {
  readonly entry: number;
  readonly key: string;
  readonly why: KeyReason;
  readonly at: number;
}

export interface CheckpointRow {
  readonly size: number;
  readonly note: string;
  readonly at: number;
}

/** False where an older atom wrote the store, which knew no keys. */
export async function knowsKeys(sql: Sql): Promise<boolean> {
  const row = await sql.get('SELECT max(version) AS version FROM schema_version');
  return Number(row?.version ?? 0) >= 10;
}

/** In the order in which they signed. */
export async function auditKeys(sql: Sql): Promise<readonly KeyRow[]> {
  const rows = await sql.all('SELECT entry, key, why, at FROM audit_key ORDER BY entry');
  return rows.map((row) => ({
    entry: Number(row.entry),
    key: String(row.key),
    why: String(row.why) as KeyReason,
    at: Number(row.at),
  }));
}

export const insertKey = (sql: Sql, { entry, key, why, at }: KeyRow): Promise<number> =>
  sql.run('INSERT INTO audit_key(entry, key, why, at) VALUES($1, $2, $3, $4)', entry, key, why, at);

export const insertCheckpoint = (sql: Sql, { size, note, at }: CheckpointRow): Promise<number> =>
  sql.run(
    `INSERT INTO audit_checkpoint(size, note, at) VALUES($1, $2, $3)
     ON CONFLICT(size) DO UPDATE SET note = $2, at = $3`,
    ...[size, note, at],
  );

/** Of more than `after` entries, smallest first. */
export async function checkpointsAfter(sql: Sql, after: number): Promise<readonly CheckpointRow[]> {
  const rows = await sql.all(
    'SELECT size, note, at FROM audit_checkpoint WHERE size > $1 ORDER BY size',
    after,
  );
  return rows.map(rowOf);
}

export async function newestCheckpoint(sql: Sql): Promise<CheckpointRow | undefined> {
  const row = await sql.get(
    'SELECT size, note, at FROM audit_checkpoint ORDER BY size DESC LIMIT 1',
  );
  return row && rowOf(row);
}

/** The newest checkpoint that was signed before a moment, of at most `most` entries. */
export async function checkpointBefore(
  sql: Sql,
  before: number,
  most: number,
): Promise<CheckpointRow | undefined> {
  const row = await sql.get(
    `SELECT size, note, at FROM audit_checkpoint WHERE at < $1 AND size <= $2
     ORDER BY size DESC LIMIT 1`,
    before,
    most,
  );
  return row && rowOf(row);
}

const rowOf = (row: Readonly<Record<string, unknown>>): CheckpointRow => ({
  size: Number(row.size),
  note: String(row.note),
  at: Number(row.at),
});
