import { z } from 'zod';
import { tokenUrl } from '../http-url.ts';
import { privacy } from './privacy.ts';

export const telegramSchema = z.strictObject({
  enabled: z.boolean().default(true),
  ...privacy,
  /** Numeric ids of the people who may talk to atom. */
  allow: z.array(z.string().regex(/^\d+$/, 'a numeric user id')).default([]),
  /** How messages come in: `webhook` needs `webhooks.publicUrl`. */
  mode: z.enum(['polling', 'webhook']).default('polling'),
  /** Another Bot API server, for those who run their own. */
  apiRoot: tokenUrl.optional(),
});
