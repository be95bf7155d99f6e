import { z } from 'zod';
import { tokenUrl } from '../http-url.ts';
import { privacy } from './privacy.ts';

export const slackSchema = z.strictObject({
  enabled: z.boolean().default(true),
  ...privacy,
  /** `socket`: over a connection that atom opens. `webhook`: Slack posts to `webhooks.publicUrl`. */
  mode: z.enum(['socket', 'webhook']).default('socket'),
  /** Ids of the people who may talk to atom, such as U012AB3CD; of another workspace, U012AB3CD@T012AB3CD. */
  allow: z
    .array(
      z
        .string()
        .regex(/^[UW][A-Z0-9]{2,31}(?:@[TE][A-Z0-9]{2,31})?$/, 'a member id, such as U012AB3CD'),
    )
    .default([]),
  /** Another server than Slack's own. */
  apiRoot: tokenUrl.optional(),
});
