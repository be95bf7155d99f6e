import { bygone } from './bygone.ts';
import { devices } from './devices.ts';
import { discord } from './discord.ts';
import { doubts } from './doubts.ts';
import { early } from './early.ts';
import { fewerPages } from './fewer-pages.ts';
import { lookups } from './lookups.ts';
import { media } from './media.ts';
import type { Migration } from './run.ts';
import { senders } from './senders.ts';
import { whatsapp } from './whatsapp.ts';

/** Every step from an empty database to the newest, in the order of their versions. */
export const MIGRATIONS: readonly Migration[] = [
  ...early,
  ...[doubts, lookups, senders, devices, whatsapp, fewerPages, bygone, media],
  discord,
];
