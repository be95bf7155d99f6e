import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';

/** The resource of a request, checked. Throws AtomError `usage` with words for a model. */
export function parseResource<T>(schema: z.ZodType<T>, resource: Json): T {
  const parsed = schema.safeParse(resource);
  if (parsed.success) return parsed.data;
  throw new AtomError('usage', `That is not a file request: ${z.prettifyError(parsed.error)}`);
}
