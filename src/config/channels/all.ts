import { z } from 'zod';
import { discordSchema } from './discord.ts';
import { signalSchema } from './signal.ts';
import { smsSchema } from './sms.ts';
import { telegramSchema } from './telegram.ts';
import { whatsappSchema } from './whatsapp.ts';

/** The channels of a profile. One that is not named is not connected. */
export const channelsSchema = z
  .strictObject({
    telegram: telegramSchema.optional(),
    whatsapp: whatsappSchema.optional(),
    discord: discordSchema.optional(),
    sms: smsSchema.optional(),
    signal: signalSchema.optional(),
  })
  .prefault({});
