import { z } from 'zod';
import { postUrl } from '../http-url.ts';
import { nameSchema as name } from '../jail-schema.ts';
import { privacy } from './privacy.ts';

const sourceName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'a short name of a–z, 0–9 and dashes, such as deploys');

/** A program that may speak to atom. Its secret is `webhook.<name>`. */
const source = z.strictObject({
  name: sourceName,
  /** A program is no owner. What a member wants done, owners are asked about; a guest has nothing done. */
  role: z.enum(['guest', 'member']).default('guest'),
  /** Which conversation it speaks in; one of its own unless told. */
  session: sourceName.optional(),
  /** Who answers it, from the beginning of a conversation. */
  agent: name.optional(),
  /** Where answers are posted to, signed with `webhook.<name>.out`. Without it, nobody is told them. */
  url: postUrl.optional(),
});

export const webhookSchema = z
  .strictObject({
    enabled: z.boolean().default(true),
    ...privacy,
    sources: z.array(source).min(1).max(16),
  })
  .superRefine(({ sources }, context) => {
    const twice = sources.findIndex(
      (one, at) => sources.findIndex((o) => o.name === one.name) < at,
    );
    if (twice < 0) return;
    context.addIssue({
      code: 'custom',
      path: ['sources', twice, 'name'],
      message: 'a name that no other source has',
    });
  });
