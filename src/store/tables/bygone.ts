import { sha256 } from '../../base/digest.ts';
import type { Sql } from '../../domain/store.ts';

/** What an event is known by for ever: its channel, account and external id. */
export interface EventName {
  readonly channel: string;
  readonly account: string;
  readonly externalId: string;
}

/** 96 bits: nobody meets another's by chance, and who makes one on purpose keeps only their own from coming in. */
export const bygoneName = ({ channel, account, externalId }: EventName): string =>
  sha256(JSON.stringify([channel, account, externalId])).slice(0, 24);

/** Remembers events whose rows go: signatures that hold no time are as good years later. */
export async function rememberBygone(sql: Sql, names: readonly EventName[]): Promise<void> {
  for (const name of names)
    await sql.run('INSERT INTO bygone(event) VALUES($1) ON CONFLICT DO NOTHING', bygoneName(name));
}
