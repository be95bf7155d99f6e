import { z } from 'zod';
import { tokenUrl } from '../http-url.ts';
import { privacy } from './privacy.ts';

export const whatsappCloudSchema = z.strictObject({
  enabled: z.boolean().default(true),
  ...privacy,
  /** Meta's id of the number that writes; its token and the app's secret are secrets. */
  phoneNumberId: z.string().regex(/^\d{5,20}$/, 'the id that Meta shows for the phone number'),
  /** Phone numbers of the people who may talk to atom: digits, with the country's code. */
  allow: z
    .array(z.string().regex(/^[1-9]\d{6,14}$/, 'a phone number in digits, such as 4915112345678'))
    .default([]),
  /** Of the Graph API. */
  version: z
    .string()
    .regex(/^v\d{1,3}\.\d{1,2}$/, 'a version such as v23.0')
    .default('v23.0'),
  /** Another server than Meta's own. */
  apiRoot: tokenUrl.optional(),
});
