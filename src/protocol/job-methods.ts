import { z } from 'zod';
import type { Job } from '../domain/job.ts';

const id = z.string().min(1).max(20);

/** Parameters of what is done at a time. */
export const jobParams = {
  'jobs.list': () => z.strictObject({}),
  'jobs.add': () =>
    z.strictObject({
      /** As people say it: `every weekday 8:30`, `in 20 minutes`, five fields of cron. */
      when: z.string(),
      does: z.enum(['ask', 'say']),
      text: z.string().trim(),
      agent: z.string().min(1).max(32).optional(),
      /** A channel; where the owner is asked first where it is left out. */
      to: z.string().min(1).max(40).optional(),
    }),
  'jobs.remove': () => z.strictObject({ id }),
  'jobs.pause': () => z.strictObject({ id, paused: z.boolean() }),
  'jobs.run': () => z.strictObject({ id }),
} as const;

export interface JobAnswers {
  readonly 'jobs.list': { readonly jobs: readonly Job[] };
  readonly 'jobs.add': { readonly job: Job };
  readonly 'jobs.remove': { readonly job: Job };
  readonly 'jobs.pause': { readonly changed: boolean };
  readonly 'jobs.run': Record<string, never>;
}
