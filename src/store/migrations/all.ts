import { belonging } from './belonging.ts';
import { bygone } from './bygone.ts';
import { discord } from './discord.ts';
import { early } from './early.ts';
import { editions } from './editions.ts';
import { errands } from './errands.ts';
import { fallbacks } from './fallbacks.ts';
import { feed } from './feed.ts';
import { fewerPages } from './fewer-pages.ts';
import { jobs } from './jobs.ts';
import { mcp } from './mcp.ts';
import { media } from './media.ts';
import { memory } from './memory.ts';
import { middle } from './middle.ts';
import { notices } from './notices.ts';
import { ownChannels } from './own-channels.ts';
import { pocket } from './pocket.ts';
import type { Migration } from './run.ts';
import { shares } from './shares.ts';
import { skills } from './skills.ts';
import { talks } from './talks.ts';
import { threads } from './threads.ts';
import { tokens } from './tokens.ts';
import { users } from './users.ts';
import { whatsapp } from './whatsapp.ts';

/** Every step from an empty database to the newest, in the order of their versions. */
export const MIGRATIONS: readonly Migration[] = [
  ...early,
  ...middle,
  ...[
    whatsapp,
    fewerPages,
    bygone,
    media,
    discord,
    pocket,
    skills,
    jobs,
    fallbacks,
    talks,
    memory,
    mcp,
    feed,
    errands,
    tokens,
    notices,
    threads,
    belonging,
    users,
    ownChannels,
    editions,
    shares,
  ],
];
