import { z } from 'zod';
import { channelName, noticesSchema, timeOfDay } from './notices-schema.ts';

/** Where the owner is asked first. */
export const notifySchema = z
  .strictObject({
    /** Channels, the first to be asked on at the head; the others come last. Empty: all at once. */
    order: z
      .array(channelName)
      .refine((names) => new Set(names).size === names.length, 'each channel once')
      .default([]),
    /** How long a question may take to arrive on one before the next one is asked as well. */
    fallbackSeconds: z.number().int().min(5).max(3600).default(20),
    /** When the owner's chats are sent what the feed told in a day, such as 08:00; never unless set. */
    digest: timeOfDay.exactOptional(),
    /** What else is told to chats of theirs. */
    notices: noticesSchema,
  })
  .prefault({});
