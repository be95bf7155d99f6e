import { z } from 'zod';
import { tokenUrl } from '../http-url.ts';
import { privacy } from './privacy.ts';

const number = z
  .string()
  .regex(/^[1-9]\d{6,14}$/, 'a phone number in digits, such as 4915112345678');

export const smsSchema = z
  .strictObject({
    enabled: z.boolean().default(true),
    ...privacy,
    /** Of the account at Twilio; its token is a secret, `twilio.token`. */
    accountSid: z.string().regex(/^AC[0-9a-f]{32}$/, 'the SID of an account: AC and 32 digits'),
    /** The number that sends: digits, with the country's code. */
    from: number.optional(),
    /** A messaging service that chooses the number, in the place of `from`. */
    messagingService: z
      .string()
      .regex(/^MG[0-9a-f]{32}$/, 'the SID of a messaging service: MG and 32 digits')
      .optional(),
    /** Phone numbers of the people who may talk to atom: digits, with the country's code. */
    allow: z.array(number).default([]),
    /** Another server than Twilio's own. */
    apiRoot: tokenUrl.optional(),
  })
  .refine(
    ({ from, messagingService }) => (from === undefined) !== (messagingService === undefined),
    {
      path: ['from'],
      message: 'either "from" or "messagingService"',
    },
  );
