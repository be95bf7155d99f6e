import { digestOf } from '../base/digest.ts';
import type { Json } from '../base/json.ts';
import type { JailSpec } from '../domain/jail.ts';
import { namesake, widened, wideningWords } from '../domain/jail-widening.ts';
import { lastingEntry } from '../store/tables/audit.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/** The jails to start with, and those of the configuration that nobody agreed to. */
export interface AgreedJails {
  readonly jails: readonly JailSpec[];
  readonly waiting: readonly JailSpec[];
}

/**
 * What of the configuration's jails may be used. Where there is a second factor, a jail that lets commands
 * do more than the record says was agreed to is used as it was agreed to, or not at all; what was
 * narrowed holds at once. Says so in the log and in the record.
 */
export async function agreedJails(
  { config, log }: Pick<AtomOptions, 'config' | 'log'>,
  records: Pick<Records, 'store' | 'audit' | 'factor'>,
): Promise<AgreedJails> {
  const { store, audit } = records;
  const noted = await lastNoted(store);
  const held = noted !== undefined && (await records.factor.enrolled());
  const waiting = held ? widened(noted, config.jails) : [];
  const jails = config.jails.flatMap((jail) =>
    waiting.includes(jail) ? (namesake(noted ?? [], jail) ?? []) : [jail],
  );
  await store.tx(async (sql) => {
    if (digestOf(toJson(noted ?? null)) !== digestOf(toJson(jails)))
      await audit(sql, 'jails.changed', { jails: toJson(jails) });
    if (waiting.length > 0) await audit(sql, 'jails.refused', { jails: toJson(waiting) });
  });
  for (const jail of waiting) log.part('jails').warn(waitingWords(noted ?? [], jail));
  return { jails, waiting };
}

/** What a jail that waits would let commands do, and how to agree. */
export const waitingWords = (known: readonly JailSpec[], jail: JailSpec): string =>
  `The settings let commands in the jail ${jail.name} do more than you agreed to (${wideningWords(namesake(known, jail), jail).join(', ')}), so they do not: to agree: atom jails agree`;

const toJson = (value: readonly JailSpec[] | null): Json => value as unknown as Json;

/** What the record says of the jails; undefined where it says nothing. */
async function lastNoted(store: Records['store']): Promise<readonly JailSpec[] | undefined> {
  const entry = await lastingEntry(store, 'jails.changed');
  return (entry?.body as { readonly jails?: readonly JailSpec[] } | undefined)?.jails;
}
