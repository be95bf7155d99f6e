import { z } from 'zod';
import { isOwnChannel, ownChannelName } from '../../domain/own-channel.ts';
import { privacy } from './privacy.ts';

const folder = z
  .string()
  .refine(
    (name) => isOwnChannel(ownChannelName(name)),
    'the name of a folder: a–z, 0–9 and -, such as hub',
  );

/** Channels that the owner wrote, by their folders in `channels`. */
export const ownSchema = z.record(
  folder,
  z.strictObject({
    enabled: z.boolean().default(true),
    ...privacy,
    /** Ids of the people who may talk to atom, as the channel gives them. */
    allow: z.array(z.string().min(1).max(128)).default([]),
    /** What the module is handed. */
    settings: z.record(z.string().max(64), z.json()).default({}),
  }),
);
