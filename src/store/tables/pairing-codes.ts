import type { Pairing, PairingKind, PairingState } from '../../domain/pairing.ts';
import type { Role } from '../../domain/role.ts';
import type { Person } from '../../domain/sender.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** A pairing with what its token and its code are checked against. */
export interface PairingRow extends Pairing {
  /** Hashes; a code that a stranger was given has no token. */
  readonly token?: string;
  readonly code: string;
  /** Wrong codes since it was made. */
  readonly tries: number;
}

/** Kept this long after it was made, so that a used or expired code is looked at like a wrong one. */
const KEPT_MS = 86_400_000;

/** Puts a new pairing on record, and drops those of days ago. */
export async function insertPairing(sql: Sql, row: PairingRow): Promise<void> {
  await sql.run('DELETE FROM pairing WHERE made_at < $1', row.madeAt - KEPT_MS);
  await sql.run(
    `INSERT INTO pairing(id, kind, channel, account, role, state, token, code, tries, sender, name, peer,
       words, made_at, expires_at)
     VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    row.id,
    row.kind,
    row.channel,
    row.who?.account ?? null,
    row.role,
    row.state,
    row.token ?? null,
    row.code,
    row.tries,
    row.who?.id ?? null,
    row.name ?? null,
    row.peer ?? null,
    row.words ?? null,
    row.madeAt,
    row.expiresAt,
  );
}

/** Everything that is known, whatever became of it; of one channel and kind where they are given. */
export async function pairings(
  sql: Sql,
  of: { readonly channel?: string; readonly kind?: PairingKind } = {},
): Promise<readonly PairingRow[]> {
  const rows = await sql.all(
    `SELECT * FROM pairing WHERE ($1 IS NULL OR channel = $1) AND ($2 IS NULL OR kind = $2)
     ORDER BY made_at, id`,
    of.channel ?? null,
    of.kind ?? null,
  );
  return rows.map(pairingOf);
}

/** Notes who proved to have a link, and until when the owner may confirm that. */
export const matchPairing = (
  sql: Sql,
  id: string,
  matched: {
    readonly who: Person;
    readonly name?: string;
    readonly peer: string;
    readonly until: number;
  },
): Promise<number> =>
  sql.run(
    `UPDATE pairing SET state = 'matched', account = $1, sender = $2, name = $3, peer = $4, expires_at = $5
     WHERE id = $6 AND state = 'open'`,
    matched.who.account,
    matched.who.id,
    matched.name ?? null,
    matched.peer,
    matched.until,
    id,
  );

/** Ends a pairing, and forgets what was written. False where it had ended before. */
export const endPairing = async (sql: Sql, id: string, state: PairingState): Promise<boolean> =>
  (await sql.run(
    `UPDATE pairing SET state = $1, words = NULL WHERE id = $2 AND state IN ('open', 'matched')`,
    state,
    id,
  )) === 1;

/** Counts a wrong code against a pairing. */
export const countTry = (sql: Sql, id: string): Promise<number> =>
  sql.run('UPDATE pairing SET tries = tries + 1 WHERE id = $1', id);

/** Notes a wrong guess; resolves to how many there were since a moment: of this one, and of all. */
export async function noteGuess(
  sql: Sql,
  who: string,
  { now, since }: { readonly now: number; readonly since: number },
): Promise<{ readonly own: number; readonly all: number }> {
  await sql.run('DELETE FROM pairing_guess WHERE at <= $1', since);
  await sql.run('INSERT INTO pairing_guess(who, at) VALUES($1, $2)', who, now);
  const row = await sql.get(
    'SELECT count(*) AS total, sum(CASE WHEN who = $1 THEN 1 ELSE 0 END) AS own FROM pairing_guess',
    who,
  );
  return { own: Number(row?.own ?? 0), all: Number(row?.total ?? 0) };
}

/** Until when nothing is heard of somebody; 0 where nothing holds. */
export async function silentUntil(sql: Sql, who: string): Promise<number> {
  const row = await sql.get('SELECT until FROM pairing_silence WHERE who = $1', who);
  return Number(row?.until ?? 0);
}

export async function putSilence(
  sql: Sql,
  who: string,
  { now, until }: { readonly now: number; readonly until: number },
): Promise<void> {
  await sql.run('DELETE FROM pairing_silence WHERE until <= $1', now);
  await sql.run(
    `INSERT INTO pairing_silence(who, until) VALUES($1, $2)
     ON CONFLICT(who) DO UPDATE SET until = $2`,
    who,
    until,
  );
}

const pairingOf = (row: Row): PairingRow => ({
  id: String(row.id),
  kind: row.kind === 'link' ? 'link' : 'code',
  channel: String(row.channel),
  role: String(row.role) as Role,
  state: String(row.state) as PairingState,
  ...(row.sender === null
    ? {}
    : {
        who: {
          channel: String(row.channel),
          account: String(row.account),
          id: String(row.sender),
        },
      }),
  ...(row.name === null ? {} : { name: String(row.name) }),
  ...(row.peer === null ? {} : { peer: String(row.peer) }),
  ...(row.words === null ? {} : { words: String(row.words) }),
  ...(row.token === null ? {} : { token: String(row.token) }),
  code: String(row.code),
  tries: Number(row.tries),
  madeAt: Number(row.made_at),
  expiresAt: Number(row.expires_at),
});
