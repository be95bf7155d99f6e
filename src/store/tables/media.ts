import type { KeptMedia } from '../../domain/kept-media.ts';
import type { MediaKind } from '../../domain/message.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** Keeps what is known of a file that was taken in; its bytes are on the disk already. */
export const keepMedia = (sql: Sql, media: KeptMedia): Promise<number> =>
  sql.run(
    `INSERT INTO media(id, event, place, session, digest, bytes, kind, type, name, at, giver)
     VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    media.id,
    media.event,
    media.place,
    media.session,
    media.digest,
    media.bytes,
    media.kind,
    media.type,
    media.name ?? null,
    media.at,
    media.giver ?? null,
  );

/** The files that came with an event and were taken in, in their order. */
export const mediaOfEvent = async (sql: Sql, event: string): Promise<readonly KeptMedia[]> =>
  (await sql.all('SELECT * FROM media WHERE event = $1 ORDER BY place', event)).map(mediaOf);

/** A file of a session by its id; the one that came last where none is given. */
export async function mediaIn(
  sql: Sql,
  session: string,
  id?: string,
): Promise<KeptMedia | undefined> {
  const row = await sql.get(
    `SELECT * FROM media WHERE session = $1 AND ($2 IS NULL OR id = $2)
     ORDER BY at DESC, place LIMIT 1`,
    session,
    id ?? null,
  );
  return row && mediaOf(row);
}

export interface MediaBytes {
  readonly whole: number;
  /** Of everybody who is no owner. */
  readonly ofOthers: number;
  readonly ofGiver: number;
}

/** How many bytes what was taken in has, each content once: all of it, of others, and of one of them. */
export async function mediaBytes(sql: Sql, giver?: string): Promise<MediaBytes> {
  const sum = (where: string): string =>
    `(SELECT coalesce(sum(bytes), 0) FROM (SELECT DISTINCT digest, bytes FROM media WHERE ${where}))`;
  const row = await sql.get(
    `SELECT ${sum('true')} AS whole, ${sum('giver IS NOT NULL')} AS others, ${sum('giver = $1')} AS own`,
    giver ?? null,
  );
  const { whole, others, own } = row ?? {};
  return { whole: Number(whole), ofOthers: Number(others), ofGiver: Number(own) };
}

/** The contents of all files that are known. */
export const mediaDigests = async (sql: Sql): Promise<readonly string[]> =>
  (await sql.all('SELECT DISTINCT digest FROM media')).map(({ digest }) => String(digest));

/** True while a content belongs to a file that is known. */
export const isKept = async (sql: Sql, digest: string): Promise<boolean> =>
  (await sql.get('SELECT 1 AS one FROM media WHERE digest = $1', digest)) !== undefined;

const mediaOf = (row: Row): KeptMedia => ({
  id: String(row.id),
  event: String(row.event),
  place: Number(row.place),
  session: String(row.session),
  digest: String(row.digest),
  bytes: Number(row.bytes),
  kind: String(row.kind) as MediaKind,
  type: String(row.type),
  ...(row.name === null ? {} : { name: String(row.name) }),
  at: Number(row.at),
  ...(row.giver === null ? {} : { giver: String(row.giver) }),
});
