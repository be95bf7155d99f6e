import type { Person } from '../../domain/sender.ts';
import type { Sql } from '../../domain/store.ts';
import {
  countTry,
  endPairing,
  noteGuess,
  type PairingRow,
  putSilence,
  silentUntil,
} from '../../store/tables/pairing-codes.ts';
import type { Audit } from '../audit/append.ts';

const HOUR_MS = 3_600_000;
/** Wrong ones of one sender in an hour, and for how long nothing of theirs is looked at then. */
export const MOST_OWN = 5;
const SILENT_MS = 24 * HOUR_MS;
/** Wrong ones of all senders in an hour, and for how long nobody can pair then. */
export const MOST_ALL = 20;
const LOCKED_MS = HOUR_MS;
/** Wrong codes after which a link that is open is void. */
export const MOST_TRIES = 5;

/** Whom a lock is for that is for everybody; no sender is called that. */
export const EVERYBODY = '*';

/** One name for a person, in the tables of limits. */
export const nameOf = ({ channel, account, id }: Person): string =>
  [channel, account, id].map(encodeURIComponent).join('/');

/** What a wrong guess led to. */
export interface Guessed {
  readonly burnt: readonly PairingRow[];
  /** Until when nobody can pair, where this very guess was one too many; the steady clock's. */
  readonly lockedUntil?: number;
}

/** True where nothing of somebody is looked at now: too many of their guesses were wrong, or of everybody's. */
export async function isIgnored(sql: Sql, who: Person, now: number): Promise<boolean> {
  const [own, all] = [await silentUntil(sql, nameOf(who)), await lockedUntil(sql)];
  return Math.max(own, all) > now;
}

/** Until when nobody can pair; in the past where anybody can. */
export const lockedUntil = (sql: Sql): Promise<number> => silentUntil(sql, EVERYBODY);

/** Puts a wrong guess on record with all that follows from it, within the transaction that looked. */
export async function countGuess(
  { audit, sql }: { readonly audit: Audit; readonly sql: Sql },
  who: Person,
  {
    now,
    tried,
  }: {
    readonly now: number;
    /** Open links that a wrong code was tried on. */ readonly tried: readonly PairingRow[];
  },
): Promise<Guessed> {
  const { channel, id: sender } = who;
  const { own, all } = await noteGuess(sql, nameOf(who), { now, since: now - HOUR_MS });
  await audit(sql, 'pairing.wrong', { channel, sender, own, all });
  const burnt: PairingRow[] = [];
  for (const row of tried) {
    await countTry(sql, row.id);
    if (row.tries + 1 < MOST_TRIES) continue;
    await endPairing(sql, row.id, 'burnt');
    await audit(sql, 'pairing.burnt', { id: row.id, channel });
    burnt.push({ ...row, state: 'burnt' });
  }
  if (own >= MOST_OWN) {
    await putSilence(sql, nameOf(who), { now, until: now + SILENT_MS });
    await audit(sql, 'pairing.silenced', { channel, sender, until: now + SILENT_MS });
  }
  if (all < MOST_ALL) return { burnt };
  const until = now + LOCKED_MS;
  await putSilence(sql, EVERYBODY, { now, until });
  await audit(sql, 'pairing.locked', { until });
  return { burnt, lockedUntil: until };
}
