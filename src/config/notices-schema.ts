import { z } from 'zod';
import {
  type NoticeEvent,
  noticeEvents,
  noticeFields,
  PLAIN_TEMPLATE,
  unknownFields,
} from '../domain/notice.ts';
import { isOwnChannel } from '../domain/own-channel.ts';
import { channelNames } from './channels/all.ts';
import { nameSchema } from './jail-schema.ts';

/** A channel that there is. */
export const channelName = z
  .string()
  .refine((name) => channelNames.includes(name) || isOwnChannel(name), {
    message: `a channel: ${channelNames.join(', ')} or own-…`,
  });

const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d';

export const timeOfDay = z.string().regex(new RegExp(`^${TIME}$`), 'a time of day, such as 08:00');

const zone = z.string().refine(isZone, 'a time zone, such as Europe/Berlin');

/** What is told to a chat of the owner's, and when. */
const noticeSchema = z.strictObject({
  name: nameSchema,
  /** The channel on which the owner has a chat. */
  to: channelName,
  events: z
    .array(z.enum(noticeEvents))
    .min(1)
    .refine((all) => new Set(all).size === all.length, 'each event once'),
  template: z
    .string()
    .min(1)
    .max(500)
    .refine(
      (text) => unknownFields(text).length === 0,
      `words with ${noticeFields.map((name) => `{${name}}`).join(', ')}, and nothing else in braces`,
    )
    .default(PLAIN_TEMPLATE),
  /** Hours in which only what is critical is told; the rest follows. */
  quiet: z
    .string()
    .regex(new RegExp(`^${TIME}-${TIME}$`), 'hours, such as 22:00-07:00')
    .exactOptional(),
  /** What is not critical comes once a day, in one message. */
  digest: timeOfDay.exactOptional(),
  /** Of these hours; the machine's own unless set. */
  zone: zone.exactOptional(),
});

export const noticesSchema = z
  .array(noticeSchema)
  .max(16)
  .default([])
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, 'names that differ');

/** What is told to one chat, and when. */
export interface NoticeSettings {
  readonly name: string;
  readonly to: string;
  readonly events: readonly NoticeEvent[];
  readonly template: string;
  readonly quiet?: string;
  readonly digest?: string;
  readonly zone?: string;
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
