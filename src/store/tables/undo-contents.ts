import type { Sql } from '../../domain/store.ts';

/** Where a content lies: in the file of its pack, `length` bytes from `at`. */
export interface ContentRow {
  readonly sha: string;
  readonly pack: string;
  readonly at: number;
  readonly length: number;
}

/** Notes a pack and what is in it; a content that lay elsewhere is from now on taken from here. */
export async function insertPack(
  sql: Sql,
  pack: { readonly id: string; readonly bytes: number },
  contents: readonly Omit<ContentRow, 'pack'>[],
): Promise<void> {
  await sql.run('INSERT INTO undo_pack(id, bytes) VALUES($1, $2)', pack.id, pack.bytes);
  for (const { sha, at, length } of contents)
    await sql.run(
      `INSERT INTO undo_content(sha, pack, at, length) VALUES($1, $2, $3, $4)
       ON CONFLICT(sha) DO UPDATE SET pack = $2, at = $3, length = $4`,
      sha,
      pack.id,
      at,
      length,
    );
}

export async function contentOf(sql: Sql, sha: string): Promise<ContentRow | undefined> {
  const row = await sql.get('SELECT * FROM undo_content WHERE sha = $1', sha);
  return row && asRow(row);
}

/** Every content, by pack and in the order of each. */
export const allContents = async (sql: Sql): Promise<readonly ContentRow[]> =>
  (await sql.all('SELECT * FROM undo_content ORDER BY pack, at')).map(asRow);

/** Every pack and its size in bytes. */
export const allPacks = async (
  sql: Sql,
): Promise<readonly { readonly id: string; readonly bytes: number }[]> =>
  (await sql.all('SELECT id, bytes FROM undo_pack ORDER BY id')).map(({ id, bytes }) => ({
    id: String(id),
    bytes: Number(bytes),
  }));

/** Forgets a pack, and the contents that still lie in it. */
export async function forgetPack(sql: Sql, id: string): Promise<void> {
  await sql.run('DELETE FROM undo_content WHERE pack = $1', id);
  await sql.run('DELETE FROM undo_pack WHERE id = $1', id);
}

const asRow = (row: Readonly<Record<string, unknown>>): ContentRow => ({
  sha: String(row.sha),
  pack: String(row.pack),
  at: Number(row.at),
  length: Number(row.length),
});
