import { join } from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { newId } from '../../../src/base/ids.ts';
import { createLog, type LogLine } from '../../../src/base/log.ts';
import { createDiscord } from '../../../src/channels/discord/create.ts';
import type { Address } from '../../../src/domain/address.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import type { Store } from '../../../src/domain/store.ts';

/** The libraries as they are installed for development. */
const folder = join(import.meta.dirname, '..', '..', '..', 'node_modules');

export const findLibrary = ({ name }: { readonly name: string }): string => join(folder, name);

interface Wish {
  readonly allow?: readonly string[];
  readonly messageContent?: boolean;
  readonly cdn?: string;
  readonly find?: () => undefined;
  readonly lines?: LogLine[];
}

/** A Discord channel for a peer. */
export const discordFor = (
  { apiRoot, token }: { readonly apiRoot: string; readonly token: string },
  store: Store,
  { allow = [], messageContent = false, cdn, find, lines = [] }: Wish = {},
): Channel =>
  createDiscord({
    token,
    store,
    clock: systemClock,
    newId: () => newId(),
    find: find ?? findLibrary,
    settings: { allow, messageContent, apiRoot, cdn },
    log: createLog((line) => void lines.push(line), 'discord'),
  });

/** The direct chat of a person with a bot. */
export const directChat = (account: string, peer: string): Address => ({
  channel: 'discord',
  account,
  peer,
});
