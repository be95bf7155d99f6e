import type { Sql } from '../../domain/store.ts';

/** The sealed values of one kind, by id. Ids that are not kept are left out. */
export async function sealedKeys(
  sql: Sql,
  kind: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const id of ids) {
    const row = await sql.get('SELECT sealed FROM wa_key WHERE kind = $1 AND id = $2', kind, id);
    if (row) found.set(id, String(row.sealed));
  }
  return found;
}

export const keepSealedKey = (
  sql: Sql,
  { kind, id, sealed }: { readonly kind: string; readonly id: string; readonly sealed: string },
): Promise<number> =>
  sql.run(
    `INSERT INTO wa_key(kind, id, sealed) VALUES($1, $2, $3)
     ON CONFLICT(kind, id) DO UPDATE SET sealed = $3`,
    kind,
    id,
    sealed,
  );

export const dropSealedKey = (sql: Sql, kind: string, id: string): Promise<number> =>
  sql.run('DELETE FROM wa_key WHERE kind = $1 AND id = $2', kind, id);

export const dropSealedKind = (sql: Sql, kind: string): Promise<number> =>
  sql.run('DELETE FROM wa_key WHERE kind = $1', kind);

/** Forgets the linked device and what it saw; how much was sent today stays. */
export async function dropLinkedDevice(sql: Sql): Promise<void> {
  await sql.run('DELETE FROM wa_key');
  await sql.run('DELETE FROM wa_seen');
}

/** When the newest message of a chat that was taken in was written (milliseconds since 1970). */
export async function lastSeenIn(sql: Sql, chat: string): Promise<number | undefined> {
  const row = await sql.get('SELECT at FROM wa_seen WHERE chat = $1', chat);
  return row ? Number(row.at) : undefined;
}

export const noteSeen = (sql: Sql, chat: string, at: number): Promise<number> =>
  sql.run(
    `INSERT INTO wa_seen(chat, at) VALUES($1, $2)
     ON CONFLICT(chat) DO UPDATE SET at = max(wa_seen.at, $2)`,
    chat,
    at,
  );

/** How many messages were sent on a day, such as `2026-11-26`. */
export async function sentOn(sql: Sql, day: string): Promise<number> {
  const row = await sql.get('SELECT sent FROM wa_day WHERE day = $1', day);
  return Number(row?.sent ?? 0);
}

/** Counts one more, and forgets the days before. */
export async function countSent(sql: Sql, day: string): Promise<void> {
  await sql.run('DELETE FROM wa_day WHERE day < $1', day);
  await sql.run(
    'INSERT INTO wa_day(day, sent) VALUES($1, 1) ON CONFLICT(day) DO UPDATE SET sent = wa_day.sent + 1',
    day,
  );
}
