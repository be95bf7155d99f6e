import { sha256 } from '../../base/digest.ts';
import type { Sql } from '../../domain/store.ts';

/** What an event is known by: its channel, account and external id. */
export interface EventName {
  readonly channel: string;
  readonly account: string;
  readonly externalId: string;
}

/** 96 bits: nobody meets another's by chance, and who makes one on purpose keeps only their own from coming in. */
export const bygoneName = ({ channel, account, externalId }: EventName): string =>
  sha256(JSON.stringify([channel, account, externalId])).slice(0, 24);

/** Remembers events whose rows go, from `at` on, each until then (milliseconds since 1970), or without an end. */
export async function rememberBygone(
  sql: Sql,
  names: readonly EventName[],
  { at, until }: { readonly at: number; readonly until: (channel: string) => number | undefined },
): Promise<void> {
  for (const name of names)
    await sql.run(
      'INSERT INTO bygone(event, until, account, seen) VALUES($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      bygoneName(name),
      until(name.channel) ?? null,
      `${name.channel}:${name.account}`,
      at,
    );
}
