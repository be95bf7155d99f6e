import { z } from 'zod';
import type { Confirmed, FactorCheck, FactorStatus } from '../domain/second-factor.ts';

const none = z.strictObject({});
const factorCode = z.string().min(1).max(64);

/** Parameters of what is about the second factor. */
export const factorParams = {
  'factor.status': () => none,
  /** A new secret, which `factor.confirm` makes the second factor. */
  'factor.begin': () => none,
  'factor.confirm': () => z.strictObject({ codes: z.tuple([factorCode, factorCode]) }),
  /** Tries a code out, and spends it on that. */
  'factor.check': () => z.strictObject({ code: factorCode }),
  'factor.renew': () => z.strictObject({ code: factorCode }),
  'factor.disable': () => z.strictObject({ code: factorCode }),
} as const;

export interface FactorAnswers {
  readonly 'factor.status': FactorStatus;
  readonly 'factor.begin': { readonly uri: string; readonly secret: string };
  readonly 'factor.confirm': Confirmed;
  readonly 'factor.check': FactorCheck;
  readonly 'factor.renew': { readonly recoveryCodes: readonly string[] };
  readonly 'factor.disable': Readonly<Record<string, never>>;
}
