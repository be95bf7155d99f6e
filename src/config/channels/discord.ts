import { z } from 'zod';
import { httpUrl, tokenUrl } from '../http-url.ts';
import { privacy } from './privacy.ts';

export const discordSchema = z.strictObject({
  enabled: z.boolean().default(true),
  ...privacy,
  /** Ids of the people who may talk to atom. */
  allow: z
    .array(z.string().regex(/^\d{17,20}$/, 'a numeric user id of 17 to 20 digits'))
    .default([]),
  /** Asks Discord for the words of messages that do not speak to atom; the portal must allow it. */
  messageContent: z.boolean().default(false),
  /** Another HTTP API than Discord's own. */
  apiRoot: tokenUrl.optional(),
  /** Another origin of attachments than Discord's own. */
  cdn: httpUrl.optional(),
});
