import { type Clock, clockTime } from '../../base/clock.ts';
import { sameText, sha256 } from '../../base/digest.ts';
import { AtomError } from '../../base/errors.ts';
import { randomKey, randomText, shortCode } from '../../base/ids.ts';
import type { Bus } from '../../bus/bus.ts';
import {
  CODE_LENGTH,
  CODE_LETTERS,
  type Pairing,
  type PairingProof,
  readCode,
} from '../../domain/pairing.ts';
import type { Role } from '../../domain/role.ts';
import type { Person } from '../../domain/sender.ts';
import type { Sql, Store } from '../../domain/store.ts';
import {
  endPairing,
  insertPairing,
  matchPairing,
  type PairingRow,
  pairings,
} from '../../store/tables/pairing-codes.ts';
import type { Audit } from '../audit/append.ts';
import { countGuess, type Guessed, isIgnored, lockedUntil } from './guessing.ts';

export interface PairingDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly bus: Bus;
  /** What limits are timed by: setting the time does not move it. */
  readonly steady: Clock;
}

/** Somebody at the door, and where they wrote. */
export interface Caller {
  readonly who: Person;
  readonly name?: string;
  readonly peer: string;
}

/** Says something to a caller, in the transaction that decides it. */
export type Say<T> = (sql: Sql, what: T) => Promise<void>;

/** How a chat account is made known. Nothing here lets anybody in: see `sender.admit`. */
export interface PairingDoor {
  /** A new link for a channel in the place of the one before. Throws AtomError `blocked` while locked. */
  begin(wish: {
    readonly channel: string;
    readonly role: Role;
  }): Promise<{ readonly pairing: Pairing; readonly token: string; readonly code: string }>;
  /** Looks at what a caller gives. Says `wrong` alike for what is wrong, used or too late; nothing while ignored. */
  prove(
    caller: Caller & { readonly proof: PairingProof },
    say: Say<'matched' | 'wrong'>,
  ): Promise<'matched' | 'wrong' | 'silent'>;
  /** A stranger wrote: says a code, once an hour and to few at a time. */
  knock(
    caller: Caller & { readonly words: string },
    say: Say<string>,
  ): Promise<'told' | 'silent' | 'crowd'>;
  /** What the owner can decide about, or is waited for. */
  open(): Promise<readonly Pairing[]>;
  /** One that can be decided about, by its id or by a stranger's code. */
  find(ref: string): Promise<Pairing | undefined>;
  /** Ends one within a transaction. False where it had ended. */
  end(sql: Sql, pairing: Pairing, state: 'done' | 'refused' | 'cancelled'): Promise<boolean>;
}

const LINK_MS = 5 * 60_000;
/** How long the owner has to confirm who used a link. */
const CONFIRM_MS = 2 * 60_000;
const CODE_MS = 60 * 60_000;
/** A stranger gets one code in so long. */
const EVERY_MS = 60 * 60_000;
/** Strangers with a code at the same time, for each account of ours. */
export const MOST_PENDING = 3;
const TOKEN_BYTES = 16;

export function createPairing(deps: PairingDeps): PairingDoor {
  const { store, audit, bus, steady } = deps;
  const told = (pairing: Pairing): void => bus.tell('pairing.changed', pairing);
  const open = async (): Promise<readonly PairingRow[]> =>
    (await pairings(store)).filter((row) => isOpen(row, steady.now()));
  return {
    begin: async ({ channel, role }) => {
      const token = randomKey(TOKEN_BYTES).toString('base64url');
      const code = randomText(CODE_LETTERS, CODE_LENGTH);
      const now = steady.now();
      const row = rowOf({ kind: 'link', channel, role }, code, { now, forMs: LINK_MS });
      const begun = { ...row, token: hashOf(row.id, token) };
      await store.tx(async (sql) => {
        const until = await lockedUntil(sql);
        if (until > now) throw locked(until);
        for (const other of await pairings(sql, { channel, kind: 'link' }))
          await endPairing(sql, other.id, 'replaced');
        await insertPairing(sql, begun);
        await audit(sql, 'pairing.begun', { id: row.id, channel, role });
      });
      return { pairing: shown(begun), token, code };
    },
    prove: async (given, say) => {
      const came = await store.tx((sql) => look(deps, sql, given, say));
      for (const pairing of came.changed) told(pairing);
      if (came.lockedUntil !== undefined) bus.tell('pairing.locked', { until: came.lockedUntil });
      return came.result;
    },
    knock: async (caller, say) => {
      const came = await store.tx((sql) => answerKnock(deps, sql, caller, say));
      if (typeof came === 'string') return came;
      told(came);
      return 'told';
    },
    open: async () => (await open()).map(shown),
    find: async (ref) => {
      const code = readCode(ref) ?? '';
      const found = (await open()).filter(
        (row) => row.id === ref || (row.kind === 'code' && fits(row.id, code, row.code)),
      );
      return found[0] && shown(found[0]);
    },
    end: async (sql, { id, channel, who }, state) => {
      if (!(await endPairing(sql, id, state))) return false;
      if (state !== 'done')
        await audit(sql, `pairing.${state}`, { id, channel, sender: who?.id ?? null });
      return true;
    },
  };
}

interface Looked extends Partial<Guessed> {
  readonly result: 'matched' | 'wrong' | 'silent';
  readonly changed: readonly Pairing[];
}

/** One path for whatever is given: the same rows are read and compared, however wrong it is. */
async function look(
  { audit, steady }: PairingDeps,
  sql: Sql,
  { who, proof, ...caller }: Caller & { readonly proof: PairingProof },
  say: Say<'matched' | 'wrong'>,
): Promise<Looked> {
  const now = steady.now();
  if (await isIgnored(sql, who, now)) return { result: 'silent', changed: [] };
  const links = await pairings(sql, { channel: who.channel, kind: 'link' });
  const fitting = links.filter((row) => fits(row.id, proof.text, row[proof.kind]));
  const right = fitting.find((row) => row.state === 'open' && row.expiresAt > now);
  await say(sql, right ? 'matched' : 'wrong');
  if (right) {
    const until = now + CONFIRM_MS;
    await matchPairing(sql, right.id, { who, ...caller, until });
    const { id, channel } = right;
    await audit(sql, 'pairing.matched', { id, channel, account: who.account, sender: who.id });
    const matched = { ...right, state: 'matched', who, ...caller, expiresAt: until } as const;
    return { result: 'matched', changed: [shown(matched)] };
  }
  const open = links.filter((row) => row.state === 'open' && row.expiresAt > now);
  const tried = proof.kind === 'code' ? open : [];
  const { burnt, ...guessed } = await countGuess({ audit, sql }, who, { now, tried });
  return { result: 'wrong', changed: burnt.map(shown), ...guessed };
}

async function answerKnock(
  { audit, steady }: PairingDeps,
  sql: Sql,
  { who, words, ...caller }: Caller & { readonly words: string },
  say: Say<string>,
): Promise<Pairing | 'silent' | 'crowd'> {
  const now = steady.now();
  if (await isIgnored(sql, who, now)) return 'silent';
  const here = (await pairings(sql, { channel: who.channel, kind: 'code' })).filter(
    (row) => row.who?.account === who.account,
  );
  if (here.some((row) => row.who?.id === who.id && row.madeAt > now - EVERY_MS)) return 'silent';
  if (here.filter((row) => isOpen(row, now)).length >= MOST_PENDING) return 'crowd';
  const code = randomText(CODE_LETTERS, CODE_LENGTH);
  const made = {
    kind: 'code',
    channel: who.channel,
    role: 'guest',
    who,
    words,
    ...caller,
  } as const;
  const row = rowOf(made, code, { now, forMs: CODE_MS });
  await insertPairing(sql, row);
  await audit(sql, 'pairing.asked', { id: row.id, channel: who.channel, sender: who.id });
  await say(sql, code);
  return shown(row);
}

const ID_LENGTH = 6;

function rowOf(
  made: Pick<Pairing, 'kind' | 'channel' | 'role' | 'who' | 'name' | 'peer' | 'words'>,
  code: string,
  { now, forMs }: { readonly now: number; readonly forMs: number },
): PairingRow {
  const id = `p-${shortCode(ID_LENGTH)}`;
  const times = { madeAt: now, expiresAt: now + forMs };
  return { ...made, id, state: 'open', code: hashOf(id, code), tries: 0, ...times };
}

/** Salted, so that one table of all codes fits no two of them. */
const hashOf = (id: string, secret: string): string => sha256(`${id}:${secret}`);

const fits = (id: string, secret: string, hash: string | undefined): boolean =>
  sameText(hashOf(id, secret), hash ?? '');

const isOpen = ({ state, expiresAt }: Pairing, now: number): boolean =>
  (state === 'open' || state === 'matched') && expiresAt > now;

/** A pairing without what its secrets are checked against. */
const shown = ({ token: _, code: __, tries: ___, ...pairing }: PairingRow): Pairing => pairing;

const locked = (until: number): AtomError =>
  new AtomError(
    'blocked',
    `Too many wrong codes came in, so nobody can be paired before ${clockTime(until)}.`,
    { next: ['See who tried:   atom audit list --kind pairing.wrong'] },
  );
