import { clockTime } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import type { FactorCheck } from '../../domain/second-factor.ts';
import type { Sql } from '../../domain/store.ts';
import {
  type FactorRow,
  factorRow,
  spendRecoveryCode,
  updateFactor,
} from '../../store/tables/second-factor.ts';
import { type Given, readCode } from './code.ts';
import type { SecondFactorDeps } from './deps.ts';
import { LOCK_MS, type Lock, MOST_FAILURES } from './lock.ts';
import { openTotp, type Totp } from './totp.ts';

type Refused = FactorCheck & { readonly ok: false };

/** Everything one check needs. */
interface Try {
  readonly deps: SecondFactorDeps;
  readonly lock: Lock;
  readonly given: Given;
  /** Undefined for a recovery code, which needs no secret. */
  readonly totp: Totp | undefined;
  readonly purpose: string;
}

export const NOT_ENROLLED: Refused = {
  ok: false,
  reason: 'not-enrolled',
  message: 'There is no second factor to check a code with. Enrol one: atom 2fa enroll',
};

/** Checks a code for one purpose and spends it; what came of it is on record before this resolves. */
export async function checkCode(
  { deps, lock }: Pick<Try, 'deps' | 'lock'>,
  code: string,
  purpose: string,
): Promise<FactorCheck> {
  const given = readCode(code);
  if (!given) return refused('wrong', NO_CODE);
  const secret = given.kind === 'totp' ? await secretOf(deps) : undefined;
  if (given.kind === 'totp' && secret === undefined) return refused('wrong', NO_SECRET);
  const totp = secret === undefined ? undefined : await openTotp(secret);
  // One transaction from the look to the mark: of two that give the same code, one is too late.
  const { told, locks } = await deps.store.tx((sql) =>
    decide({ deps, lock, given, totp, purpose }, sql),
  );
  if (locks !== undefined) deps.onLocked(locks);
  return told;
}

/** What is told, and until when nothing is taken where this very check was one too many. */
interface Decided {
  readonly told: FactorCheck;
  readonly locks?: number;
}

async function decide(attempt: Try, sql: Sql): Promise<Decided> {
  const { deps, lock, given, purpose } = attempt;
  const row = await factorRow(sql);
  if (!row) return { told: NOT_ENROLLED };
  const left = lock.left(row.lockedUntil);
  if (left > 0) {
    await deps.audit(sql, 'factor.failed', { purpose, reason: 'locked', failures: row.failures });
    return { told: lockedFor(deps.clock.now() + left, 'No code is taken') };
  }
  const found = await look(attempt, sql, row);
  if (typeof found === 'string') return fail(attempt, sql, { row, reason: found });
  await updateFactor(sql, { lastStep: found.step, failures: 0, lockedUntil: null });
  await deps.audit(sql, 'factor.used', { purpose, how: given.kind });
  return { told: { ok: true, how: given.kind } };
}

/** The step up to which codes are spent from now on, or why this one does not count. */
async function look(
  { deps, given, totp, purpose }: Try,
  sql: Sql,
  { lastStep }: FactorRow,
): Promise<{ readonly step: number } | 'wrong' | 'replayed'> {
  const at = deps.clock.now();
  if (given.kind === 'recovery') {
    const spent = await spendRecoveryCode(sql, given.hash, { at, purpose });
    if (spent === 'spent') return { step: lastStep };
    return spent === 'used' ? 'replayed' : 'wrong';
  }
  const step = totp?.stepOf(given.digits, { at, after: lastStep });
  if (step !== undefined) return { step };
  return totp?.stepOf(given.digits, { at }) === undefined ? 'wrong' : 'replayed';
}

async function fail(
  { deps, lock, purpose }: Try,
  sql: Sql,
  { row, reason }: { readonly row: FactorRow; readonly reason: 'wrong' | 'replayed' },
): Promise<Decided> {
  const failures = row.failures + 1;
  await deps.audit(sql, 'factor.failed', { purpose, reason, failures });
  if (failures < MOST_FAILURES) {
    await updateFactor(sql, { ...row, failures, lockedUntil: null });
    return { told: refused(reason, reason === 'wrong' ? WRONG : REPLAYED) };
  }
  const until = deps.clock.now() + LOCK_MS;
  await updateFactor(sql, { ...row, failures: 0, lockedUntil: until });
  await deps.audit(sql, 'factor.locked', { until });
  // Seen now, so that the time is counted from now, whatever happens to the wall clock.
  lock.left(until);
  const told = lockedFor(until, `${MOST_FAILURES} codes in a row were refused, so none is taken`);
  return { told, locks: until };
}

/** The secret; undefined where it is gone, was changed or cannot be read. */
async function secretOf({ secrets }: SecondFactorDeps): Promise<string | undefined> {
  try {
    const secret = await secrets.get();
    return secret !== undefined && /^[A-Z2-7]{32}$/.test(secret) ? secret : undefined;
  } catch (error) {
    if (error instanceof AtomError) return undefined;
    throw error;
  }
}

const refused = (reason: Refused['reason'], message: string): Refused => ({
  ok: false,
  reason,
  message,
});

const lockedFor = (lockedUntil: number, sentence: string): Refused => ({
  ...refused('locked', `${sentence} until ${clockTime(lockedUntil)}.`),
  lockedUntil,
});

const NO_CODE =
  'That is no code: give the six digits of your authenticator, or a recovery code of four times four characters.';
const NO_SECRET =
  'The secret of the second factor cannot be read, so no digits can be checked. Use a recovery code, then: atom 2fa disable';
const WRONG = 'That code is wrong. Look again: it changes every 30 seconds.';
const REPLAYED = 'That code was used already, and each works once. Wait for the next one.';
