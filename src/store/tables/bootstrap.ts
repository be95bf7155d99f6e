import type { Scope } from '../../domain/caller.ts';
import type { Sql } from '../../domain/store.ts';

/** The one setup code that may be out. The token itself is not kept. */
export interface BootstrapRow {
  /** SHA-256 of the token, hex. */
  readonly hash: string;
  /** What a device that brings it may be given. */
  readonly scopes: readonly Scope[];
  /** The run of the gateway that showed it: in another one it is void. */
  readonly boot: string;
  /** Of the steady clock. */
  readonly expiresAt: number;
  /** Wrong tries while it was out. */
  readonly failures: number;
}

export async function bootstrapRow(sql: Sql): Promise<BootstrapRow | undefined> {
  const row = await sql.get('SELECT * FROM bootstrap WHERE one = 1');
  return (
    row && {
      hash: String(row.hash),
      scopes: JSON.parse(String(row.scopes)) as readonly Scope[],
      boot: String(row.boot),
      expiresAt: Number(row.expires_at),
      failures: Number(row.failures),
    }
  );
}

/** Puts a code in the place of the one that was out. */
export async function replaceBootstrap(
  sql: Sql,
  { hash, scopes, boot, expiresAt }: Omit<BootstrapRow, 'failures'>,
): Promise<void> {
  await deleteBootstrap(sql);
  await sql.run(
    'INSERT INTO bootstrap(one, hash, scopes, boot, expires_at) VALUES(1, $1, $2, $3, $4)',
    hash,
    JSON.stringify(scopes),
    boot,
    expiresAt,
  );
}

export const failBootstrap = (sql: Sql): Promise<number> =>
  sql.run('UPDATE bootstrap SET failures = failures + 1 WHERE one = 1');

export const deleteBootstrap = (sql: Sql): Promise<number> => sql.run('DELETE FROM bootstrap');
