import type { FactorCheck, FactorStatus } from '../../domain/second-factor.ts';
import { deleteFactor, factorRow, recoveryCodesLeft } from '../../store/tables/second-factor.ts';
import { checkCode, NOT_ENROLLED } from './check.ts';
import type { SecondFactorDeps } from './deps.ts';
import { createEnrolment, type Enrolment, freshCodes } from './enrolment.ts';
import { createLock } from './lock.ts';

/** The owner's second factor: codes of an authenticator app, and recovery codes for when it is lost. */
export interface SecondFactor {
  /** Whether there is one. Asked at every decision, so it is remembered. */
  enrolled(): Promise<boolean>;
  status(): Promise<FactorStatus>;
  /**
   * A new secret that waits to be confirmed, shown once: as an `otpauth:` address and as Base32. Throws
   * AtomError `usage` where a second factor is enrolled.
   */
  readonly begin: Enrolment['begin'];
  /** Two codes in a row confirm it; answers ten recovery codes, shown once. */
  readonly confirm: Enrolment['confirm'];
  /**
   * Checks one code and spends it on one purpose: an approval's id, or a named act. A code that was
   * right is spent, whatever becomes of the purpose.
   */
  check(code: string, purpose: string): Promise<FactorCheck>;
  /** Ten new recovery codes in the place of all others. Whoever calls this has checked a code. */
  renewCodes(): Promise<readonly string[]>;
  /** Takes it away. Whoever calls this has checked a code. */
  disable(): Promise<void>;
}

/** One for each profile: it remembers whether there is a factor, and how long a lock still holds. */
export function createSecondFactor(deps: SecondFactorDeps): SecondFactor {
  const { store, audit, clock } = deps;
  const lock = createLock(clock);
  const enrolment = createEnrolment(deps);
  let known: Promise<boolean> | undefined;
  const look = async (): Promise<boolean> => {
    const row = await factorRow(store);
    lock.left(row?.lockedUntil ?? null);
    return row !== undefined;
  };
  const enrolled = (): Promise<boolean> => {
    known ??= look().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    enrolled,
    begin: enrolment.begin,
    confirm: async (codes) => {
      const confirmed = await enrolment.confirm(codes);
      known = undefined;
      return confirmed;
    },
    status: async () => {
      const row = await factorRow(store);
      if (!row) return { enrolled: false };
      const left = lock.left(row.lockedUntil);
      return {
        enrolled: true,
        since: row.enrolledAt,
        recoveryCodes: await recoveryCodesLeft(store),
        ...(left > 0 ? { lockedUntil: clock.now() + left } : {}),
      };
    },
    check: async (code, purpose) =>
      (await enrolled()) ? checkCode({ deps, lock }, code, purpose) : NOT_ENROLLED,
    renewCodes: () =>
      store.tx(async (sql) => {
        const fresh = await freshCodes(sql);
        await audit(sql, 'factor.codes', { recoveryCodes: fresh.length });
        return fresh;
      }),
    disable: async () => {
      await store.tx(async (sql) => {
        await deleteFactor(sql);
        await audit(sql, 'factor.disabled', {});
      });
      known = undefined;
      // Last: a secret without a factor opens nothing, a factor without its secret locks its owner out.
      await deps.secrets.remove();
    },
  };
}
