import { z } from 'zod';
import { privacy } from './privacy.ts';

export const whatsappSchema = z.strictObject({
  enabled: z.boolean().default(true),
  ...privacy,
  /** What the phone shows as the name of this device. */
  name: z
    .string()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,31}$/u, 'a short name of letters and digits')
    .default('atom'),
  /** Phone numbers of the people who may talk to atom: digits, with the country's code. */
  allow: z
    .array(z.string().regex(/^[1-9]\d{6,14}$/, 'a phone number in digits, such as 4915112345678'))
    .default([]),
  /** Groups in which atom listens, by their ids. */
  groups: z
    .array(z.string().regex(/^\d[\d-]{4,40}@g\.us$/, 'the id of a group, such as 1203630@g.us'))
    .default([]),
  /** Most messages a day: an account that writes more than a person does is soon blocked. */
  dailyCap: z.number().int().min(1).max(10_000).default(200),
  /** True where a card is followed by a poll to tap an answer on; its numbers can be replied anyway. */
  polls: z.boolean().default(false),
  /** Another server than WhatsApp's own. */
  url: z.url({ protocol: /^wss?$/, error: 'a ws or wss address' }).optional(),
});
