import type { Sql } from '../../domain/store.ts';

/** A session with the gateway of Discord that can be taken up again, with everything that came after `sequence`. */
export interface KeptSession {
  readonly session: string;
  readonly resumeUrl: string;
  /** Everything up to it was accepted. */
  readonly sequence: number;
  /** What it was begun with, which holds until its end. */
  readonly intents: number;
}

export interface KeptPlace {
  /** Absent where Discord has ended it. */
  readonly session?: KeptSession;
  /** Everything written before was accepted: milliseconds since 1970. */
  readonly provedAt: number;
}

/** Where a bot stands; undefined where it never was connected. */
export async function discordPlace(sql: Sql, account: string): Promise<KeptPlace | undefined> {
  const row = await sql.get(
    'SELECT session, resume_url, sequence, intents, proved_at FROM discord_session WHERE account = $1',
    account,
  );
  if (!row) return undefined;
  const provedAt = Number(row.proved_at);
  if (row.session === null) return { provedAt };
  const session = {
    session: String(row.session),
    resumeUrl: String(row.resume_url),
    sequence: Number(row.sequence),
    intents: Number(row.intents),
  };
  return { session, provedAt };
}

export const keepDiscordPlace = (
  sql: Sql,
  account: string,
  { session, provedAt }: KeptPlace,
): Promise<number> =>
  sql.run(
    `INSERT INTO discord_session(account, session, resume_url, sequence, intents, proved_at)
     VALUES($1, $2, $3, $4, $5, $6)
     ON CONFLICT(account) DO UPDATE
     SET session = $2, resume_url = $3, sequence = $4, intents = $5, proved_at = $6`,
    account,
    session?.session ?? null,
    session?.resumeUrl ?? null,
    session?.sequence ?? null,
    session?.intents ?? null,
    provedAt,
  );

/** The channel of the direct chat with a person; undefined where none is known. */
export async function discordChat(
  sql: Sql,
  account: string,
  person: string,
): Promise<string | undefined> {
  const row = await sql.get(
    'SELECT channel FROM discord_chat WHERE account = $1 AND person = $2',
    account,
    person,
  );
  return row && String(row.channel);
}

export async function discordChats(
  sql: Sql,
  account: string,
): Promise<readonly { readonly person: string; readonly channel: string }[]> {
  const rows = await sql.all(
    'SELECT person, channel FROM discord_chat WHERE account = $1 ORDER BY person',
    account,
  );
  return rows.map(({ person, channel }) => ({ person: String(person), channel: String(channel) }));
}

export const keepDiscordChat = (
  sql: Sql,
  account: string,
  { person, channel }: { readonly person: string; readonly channel: string },
): Promise<number> =>
  sql.run(
    `INSERT INTO discord_chat(account, person, channel) VALUES($1, $2, $3)
     ON CONFLICT(account, person) DO UPDATE SET channel = $3`,
    account,
    person,
    channel,
  );
