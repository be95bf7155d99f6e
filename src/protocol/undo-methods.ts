import { z } from 'zod';
import type { Restored, UndoPlan, UndoRun } from '../domain/undo.ts';

/** The code that `undo.list` shows, or the id of a run. */
const ref = z.string().min(1).max(200);

/** Parameters of what takes back what runs changed. Without `ref`, the last one that can be. */
export const undoParams = {
  'undo.list': () => z.strictObject({ limit: z.number().int().min(1).max(500).default(20) }),
  'undo.show': () => z.strictObject({ ref: ref.optional(), force: z.boolean().default(false) }),
  'undo.restore': () =>
    z.strictObject({
      ref: ref.optional(),
      /** Also what was changed again since. */
      force: z.boolean().default(false),
      /** Digest of the plan that was shown: where another would be carried out, none is. */
      plan: z.string().max(64).optional(),
    }),
  /** Without `ref`, all of them. */
  'undo.forget': () => z.strictObject({ ref: ref.optional(), code: z.string().max(64).optional() }),
} as const;

export interface UndoAnswers {
  readonly 'undo.list': { readonly runs: readonly UndoRun[] };
  readonly 'undo.show': { readonly plan: UndoPlan };
  readonly 'undo.restore': { readonly restored: Restored };
  readonly 'undo.forget': { readonly forgotten: number };
}
