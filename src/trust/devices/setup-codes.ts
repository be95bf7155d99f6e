import { type Clock, clockTime } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import type { Decider } from '../../domain/approval.ts';
import type { Scope } from '../../domain/caller.ts';
import type { DeviceOwner } from '../../domain/owned-device.ts';
import type { Sql, Store } from '../../domain/store.ts';
import type { Audit } from '../../governance/audit/append.ts';
import {
  bootstrapRow,
  deleteBootstrap,
  failBootstrap,
  replaceBootstrap,
} from '../../store/tables/bootstrap.ts';
import { hashOf, isKeyOf, newBootstrapToken } from './keys.ts';

/** Wrong tries that burn the code that is out. */
const MOST_TRIES = 5;
/** Wrong tries in an hour, whatever is out, after which nothing is taken for another hour. */
const MOST_IN_HOUR = 20;
const HOUR_MS = 3_600_000;

export interface SetupCodeDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  /** A setup code lives on this one: whoever sets the time makes it no older and no younger. */
  readonly steady: Clock;
  readonly boot: string;
  /** Told in words what nobody may do unseen. Must not throw. */
  readonly onAlarm: (words: string) => void;
}

/** The one setup code that may be out: single use, for minutes, and only its hash is kept. */
export interface SetupCodes {
  /** Makes one; the one before is void. Throws AtomError `blocked` while guessing has locked it. */
  arm(
    wish: CodeWish & { readonly seconds: number },
    by: Decider,
  ): Promise<{ readonly token: string; readonly expiresAtMs: number }>;
  /**
   * Spends it on somebody who brings its token and proved a key. Undefined where it is not good: wrong,
   * spent, expired, burned and locked are the same to whoever asks.
   */
  spend(token: string, proved: boolean): Promise<CodeWish | undefined>;
}

/** What a setup code is good for. */
export interface CodeWish {
  readonly scopes: readonly Scope[];
  /** Whose the device will be that brings it; absent where the device may say so itself. */
  readonly owner?: DeviceOwner;
}

export function createSetupCodes(deps: SetupCodeDeps): SetupCodes {
  const guesses = createGuesses(deps);
  // A code is good for this run of the gateway alone, and so is what it was made for.
  let made: { readonly hash: string; readonly owner: DeviceOwner } | undefined;
  return {
    arm: async ({ scopes, seconds, owner }, by) => {
      const lockedMs = guesses.lockedMs();
      if (lockedMs > 0) throw locked(deps.clock.now() + lockedMs);
      const token = newBootstrapToken();
      const expiresAt = deps.steady.now() + seconds * 1000;
      await deps.store.tx(async (sql) => {
        await replaceBootstrap(sql, { hash: hashOf(token), scopes, boot: deps.boot, expiresAt });
        const whose = owner ? { user: owner.user } : {};
        const armed = { by: { ...by }, scopes: [...scopes], seconds, ...whose };
        await deps.audit(sql, 'device.armed', armed);
      });
      made = owner && { hash: hashOf(token), owner };
      return { token, expiresAtMs: deps.clock.now() + seconds * 1000 };
    },
    spend: async (token, proved) => {
      if (guesses.lockedMs() > 0) return undefined;
      const tried = await deps.store.tx((sql) => spend(deps, sql, { token, proved }));
      if ('scopes' in tried)
        return made && isKeyOf(made.hash, token) ? { ...tried, owner: made.owner } : tried;
      if (tried.burned) deps.onAlarm(BURNED);
      await guesses.count();
      return undefined;
    },
  };
}

type Tried = { readonly scopes: readonly Scope[] } | { readonly burned: boolean };

async function spend(
  { audit, steady, boot }: SetupCodeDeps,
  sql: Sql,
  { token, proved }: { readonly token: string; readonly proved: boolean },
): Promise<Tried> {
  const row = await bootstrapRow(sql);
  const isRight = isKeyOf(row?.hash, token);
  if (!row || row.boot !== boot || row.expiresAt <= steady.now()) return { burned: false };
  if (isRight && proved) {
    await deleteBootstrap(sql);
    return { scopes: row.scopes };
  }
  await failBootstrap(sql);
  if (row.failures + 1 < MOST_TRIES) return { burned: false };
  await deleteBootstrap(sql);
  await audit(sql, 'device.burned', { failures: MOST_TRIES });
  return { burned: true };
}

/**
 * Counts wrong tries of this run of the gateway. Only what they led to is recorded: strangers must not
 * be able to fill the record.
 */
function createGuesses({ store, audit, clock, steady, onAlarm }: SetupCodeDeps) {
  let times: readonly number[] = [];
  let lockedUntil = 0;
  return {
    lockedMs: () => Math.max(0, lockedUntil - steady.now()),
    count: async (): Promise<void> => {
      const now = steady.now();
      times = [...times.filter((at) => at > now - HOUR_MS), now];
      if (times.length < MOST_IN_HOUR) return;
      times = [];
      lockedUntil = now + HOUR_MS;
      const until = clock.now() + HOUR_MS;
      onAlarm(
        `${MOST_IN_HOUR} setup codes that were not good came within an hour. No device is taken until ${clockTime(until)}. Somebody guesses: see who reaches the gateway.`,
      );
      await store.tx((sql) => audit(sql, 'device.locked', { failures: MOST_IN_HOUR, until }));
    },
  };
}

const BURNED =
  'A setup code was tried five times in a wrong way and is void. Show a new one where that was you: atom devices pair';

const locked = (until: number): AtomError =>
  new AtomError('blocked', `No device is taken until ${clockTime(until)}: too many wrong codes.`, {
    next: ['See what came:   atom audit list --kind device.locked'],
  });
