import { AtomError } from '../../base/errors.ts';
import type { Confirmed } from '../../domain/second-factor.ts';
import type { Sql } from '../../domain/store.ts';
import { factorRow, insertFactor, replaceRecoveryCodes } from '../../store/tables/second-factor.ts';
import { newRecoveryCodes, readCode } from './code.ts';
import type { SecondFactorDeps } from './deps.ts';
import { newSecret, openTotp } from './totp.ts';

/** A secret nobody has confirmed lives this long, in memory only. */
const PENDING_MS = 10 * 60_000;
/** The first code may be two steps old by the time that the second was typed. */
const FIRST_LATE_SECONDS = 60;

export interface Enrolment {
  begin(label: string): Promise<{ readonly uri: string; readonly secret: string }>;
  confirm(codes: readonly [string, string]): Promise<Confirmed>;
}

/** From a new secret to a second factor: nothing is kept before two codes in a row proved it. */
export function createEnrolment(deps: SecondFactorDeps): Enrolment {
  let pending: { readonly secret: string; readonly end: number } | undefined;
  return {
    begin: async (label) => {
      if (await factorRow(deps.store)) throw alreadyEnrolled();
      const fresh = await newSecret(label);
      pending = { secret: fresh.secret, end: deps.clock.monotonic() + PENDING_MS };
      return fresh;
    },
    confirm: async (codes) => {
      if (!pending || pending.end <= deps.clock.monotonic()) {
        pending = undefined;
        return { ok: false, message: 'There is no new secret to confirm. Begin: atom 2fa enroll' };
      }
      const { secret } = pending;
      const lastStep = await stepAfterBoth(deps, secret, codes);
      if (lastStep === undefined) return { ok: false, message: NOT_IN_A_ROW };
      const fresh = await keep(deps, { secret, lastStep });
      pending = undefined;
      return { ok: true, recoveryCodes: fresh };
    },
  };
}

/** The step of the second code, where it follows right on the first. */
async function stepAfterBoth(
  { clock }: SecondFactorDeps,
  secret: string,
  codes: readonly [string, string],
): Promise<number | undefined> {
  const [first, second] = codes.map(readCode);
  if (first?.kind !== 'totp' || second?.kind !== 'totp') return undefined;
  const totp = await openTotp(secret);
  const at = clock.now();
  const one = totp.stepOf(first.digits, { at, lateSeconds: FIRST_LATE_SECONDS });
  const two = totp.stepOf(second.digits, { at });
  return one !== undefined && two === one + 1 ? two : undefined;
}

/** The secret is in its place before anything says that there is a second factor. */
async function keep(
  deps: SecondFactorDeps,
  { secret, lastStep }: { readonly secret: string; readonly lastStep: number },
): Promise<readonly string[]> {
  const { store, clock, audit, secrets } = deps;
  if (await factorRow(store)) throw alreadyEnrolled();
  await secrets.set(secret);
  return await store.tx(async (sql) => {
    if (await factorRow(sql)) throw alreadyEnrolled();
    await insertFactor(sql, { enrolledAt: clock.now(), lastStep });
    const fresh = await freshCodes(sql);
    await audit(sql, 'factor.enrolled', { recoveryCodes: fresh.length });
    return fresh;
  });
}

/** Makes new recovery codes in the place of the old and answers them, the only time that they are seen. */
export async function freshCodes(sql: Sql): Promise<readonly string[]> {
  const fresh = newRecoveryCodes();
  await replaceRecoveryCodes(
    sql,
    fresh.map(({ hash }) => hash),
  );
  return fresh.map(({ code }) => code);
}

const alreadyEnrolled = (): AtomError =>
  new AtomError('usage', 'A second factor is enrolled already.', {
    next: ['Take it away first; that needs a code:   atom 2fa disable'],
  });

const NOT_IN_A_ROW =
  'Those are not two codes in a row of this secret. Give one, wait until it changes, give the next. If they are, the clock of this machine or of your phone is wrong.';
