import type { OwnChannelApproval, OwnChannelSaid } from '../../domain/own-channel.ts';
import type { Sql } from '../../domain/store.ts';

/** What was approved of a channel that the owner wrote; undefined where nothing was. */
export async function ownChannelApproval(
  sql: Sql,
  channel: string,
): Promise<OwnChannelApproval | undefined> {
  const row = await sql.get('SELECT * FROM own_channel WHERE channel = $1', channel);
  return (
    row && {
      channel,
      digest: String(row.digest),
      at: Number(row.at),
      by: String(row.by),
      said: JSON.parse(String(row.said)) as OwnChannelSaid,
    }
  );
}

/** Puts an approval in the place of the one before. */
export const putOwnChannel = (sql: Sql, approval: OwnChannelApproval): Promise<number> =>
  sql.run(
    `INSERT INTO own_channel(channel, digest, said, at, by) VALUES($1, $2, $3, $4, $5)
     ON CONFLICT(channel) DO UPDATE SET digest = excluded.digest, said = excluded.said,
     at = excluded.at, by = excluded.by`,
    ...[approval.channel, approval.digest, JSON.stringify(approval.said)],
    ...[approval.at, approval.by],
  );

/** 0 where nothing was approved. */
export const deleteOwnChannel = (sql: Sql, channel: string): Promise<number> =>
  sql.run('DELETE FROM own_channel WHERE channel = $1', channel);
