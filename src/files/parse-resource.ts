import type { z } from 'zod';
import { readAs } from '../base/errors.ts';
import type { Json } from '../base/json.ts';

/** The resource of a request, checked. Throws AtomError `usage` with words for a model. */
export function parseResource<T>(schema: z.ZodType<T>, resource: Json): T {
  return readAs(schema, resource, 'That is not a file request');
}
