import { z } from 'zod';
import { asIs, type Hint } from '../base/hint.ts';
import type { Json } from '../base/json.ts';
import { readable } from './output-text.ts';

/** The result of `job.add`. */
const added = z.object({ id: z.string(), when: z.string(), does: z.enum(['ask', 'say']) });

/** That a job was kept, and when it is first. */
export function jobText(value: Json, hint: Hint = asIs): string {
  const result = added.safeParse(value);
  if (!result.success) return JSON.stringify(value);
  const { id, when, does } = result.data;
  return readable(
    hint(
      `${does === 'say' ? 'I remind you' : 'I do that'}, first at ${when}. It is ${id}: atom jobs remove ${id} takes it out.`,
    ),
  );
}
