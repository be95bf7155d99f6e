import { z } from 'zod';
import type { Outcome } from '../domain/action.ts';
import type { OutputPart, RunReport, RunSummary } from '../domain/run-report.ts';

/** The code or the id of a run. */
const ref = z.string().min(1).max(300);

/** Parameters of what looks back on runs. */
export const runParams = {
  'runs.list': () =>
    z.strictObject({
      limit: z.number().int().min(1).max(500).default(20),
      /** Also replies and questions to models. */
      all: z.boolean().default(false),
    }),
  'runs.show': () => z.strictObject({ ref }),
  /** What a run printed, byte for byte, from an offset on; not all of it at once. */
  'runs.output': () => z.strictObject({ ref, from: z.number().int().min(0).default(0) }),
  /** What is true of a run that a crash cut off; `again` asks for the same once more. */
  'runs.settle': () => z.strictObject({ ref, word: z.enum(['happened', 'again', 'forget']) }),
} as const;

export interface RunAnswers {
  readonly 'runs.list': { readonly runs: readonly RunSummary[] };
  readonly 'runs.show': { readonly run: RunReport };
  readonly 'runs.output': OutputPart;
  /** `outcome` where it was asked for again. */
  readonly 'runs.settle': { readonly outcome?: Outcome };
}
