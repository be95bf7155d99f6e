import { z } from 'zod';

/** Parameters of what puts back what was moved out of a jail. Looking at it needs no gateway. */
export const quarantineParams = {
  'quarantine.restore': () =>
    z.strictObject({
      id: z.string().min(1).max(64),
      /** Another folder, absolute, below which everything keeps its path. */
      to: z.string().startsWith('/').max(4096).optional(),
      /** A code of the second factor, where one is enrolled. */
      code: z.string().min(1).max(64).optional(),
    }),
} as const;

export interface QuarantineAnswers {
  /** Where everything is now. */
  readonly 'quarantine.restore': { readonly restored: readonly string[] };
}
