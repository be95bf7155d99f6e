import { z } from 'zod';
import { signalSchema } from './signal.ts';
import { slackSchema } from './slack.ts';
import { smsSchema } from './sms.ts';
import { telegramSchema } from './telegram.ts';
import { whatsappSchema } from './whatsapp.ts';

/** The channels of a profile. One that is not named is not connected. */
export const channelsSchema = z
  .strictObject({
    telegram: telegramSchema.optional(),
    whatsapp: whatsappSchema.optional(),
    sms: smsSchema.optional(),
    slack: slackSchema.optional(),
    signal: signalSchema.optional(),
  })
  .prefault({});
