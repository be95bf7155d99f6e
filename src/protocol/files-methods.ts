import { z } from 'zod';
import type { TrustPlan } from '../domain/taint.ts';

/** Absolute. */
const paths = z.array(z.string().startsWith('/').max(4096)).min(1).max(1000);

/** Parameters of what makes files the owner's own again. */
export const filesParams = {
  /** What trusting these would lift; changes nothing. */
  'files.show': () => z.strictObject({ paths }),
  'files.trust': () =>
    z.strictObject({
      paths,
      /** Digest of the plan that was shown: where another would be carried out, none is. */
      plan: z.string().min(1).max(64),
      /** A code of the second factor, where one is enrolled. */
      code: z.string().min(1).max(64).optional(),
    }),
} as const;

export interface FilesAnswers {
  readonly 'files.show': { readonly plan: TrustPlan };
  readonly 'files.trust': { readonly lifted: readonly string[] };
}
