import { z } from 'zod';
import { a2aSchema } from './a2a.ts';
import { discordSchema } from './discord.ts';
import { ownSchema } from './own.ts';
import { signalSchema } from './signal.ts';
import { slackSchema } from './slack.ts';
import { smsSchema } from './sms.ts';
import { telegramSchema } from './telegram.ts';
import { webhookSchema } from './webhook.ts';
import { whatsappSchema } from './whatsapp.ts';
import { whatsappCloudSchema } from './whatsapp-cloud.ts';

const all = z.strictObject({
  telegram: telegramSchema.optional(),
  whatsapp: whatsappSchema.optional(),
  discord: discordSchema.optional(),
  sms: smsSchema.optional(),
  'whatsapp-cloud': whatsappCloudSchema.optional(),
  slack: slackSchema.optional(),
  signal: signalSchema.optional(),
  webhook: webhookSchema.optional(),
  a2a: a2aSchema.optional(),
});

/** The channels of a profile. One that is not named is not connected. */
export const channelsSchema = all.extend({ own: ownSchema.optional() }).prefault({});

/** The channels that there are, connected or not. */
export const channelNames: readonly string[] = Object.keys(all.shape);
