import type { Role } from '../../domain/role.ts';
import type { Admission, Person, Sender } from '../../domain/sender.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** Everybody who was let in or blocked, oldest first. */
export const allSenders = async (sql: Sql): Promise<readonly Sender[]> =>
  (await sql.all('SELECT * FROM sender ORDER BY since, channel, id')).map(senderOf);

export async function findSender(sql: Sql, who: Person): Promise<Sender | undefined> {
  const row = await sql.get(
    'SELECT * FROM sender WHERE channel = $1 AND account = $2 AND id = $3',
    ...keyOf(who),
  );
  return row && senderOf(row);
}

/** Keeps a sender in the place of what was known of that person. */
export async function putSender(sql: Sql, sender: Sender): Promise<void> {
  await deleteSender(sql, sender);
  await sql.run(
    `INSERT INTO sender(channel, account, id, handle, name, role, state, how, given_by, peer, since, last_at)
     VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    ...keyOf(sender),
    sender.handle,
    sender.name ?? null,
    sender.role,
    sender.state,
    sender.how,
    sender.by,
    sender.peer ?? null,
    sender.since,
    sender.lastAt ?? null,
  );
}

export const deleteSender = (sql: Sql, who: Person): Promise<number> =>
  sql.run('DELETE FROM sender WHERE channel = $1 AND account = $2 AND id = $3', ...keyOf(who));

/** Notes when somebody last wrote; of nobody who is not here. */
export const noteHeard = (sql: Sql, who: Person, at: number): Promise<number> =>
  sql.run(
    'UPDATE sender SET last_at = $4 WHERE channel = $1 AND account = $2 AND id = $3',
    ...keyOf(who),
    at,
  );

const keyOf = ({ channel, account, id }: Person): [string, string, string] => [
  channel,
  account,
  id,
];

const senderOf = (row: Row): Sender => ({
  channel: String(row.channel),
  account: String(row.account),
  id: String(row.id),
  handle: String(row.handle),
  ...(row.name === null ? {} : { name: String(row.name) }),
  role: String(row.role) as Role,
  // Whatever else may stand there, it lets nobody in.
  state: row.state === 'active' ? 'active' : 'blocked',
  how: String(row.how) as Admission,
  by: String(row.given_by),
  ...(row.peer === null ? {} : { peer: String(row.peer) }),
  since: Number(row.since),
  ...(row.last_at === null ? {} : { lastAt: Number(row.last_at) }),
});
