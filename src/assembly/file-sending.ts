import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { picturesOf } from '../config/paths.ts';
import { isDirect } from '../domain/session.ts';
import type { SendDeps } from '../files/send.ts';
import { createFileDispatch } from '../outbox/dispatch-file.ts';
import { createMedia } from '../outbox/media.ts';
import { sessionById } from '../store/tables/sessions.ts';
import type { Channels } from './channels.ts';
import type { Jails } from './jail.ts';
import { isOwnersAlone } from './owner-chats.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/** How files of a jail get to the chat that asked. */
export const createFileSending = (
  { clock, paths, packageFolder }: AtomOptions,
  { records, jails, channels }: { records: Records; jails: Jails; channels: Channels },
): Pick<SendDeps, 'chat' | 'dispatch'> => ({
  chat: async (id) => {
    const session = await sessionById(records.store, id);
    if (!session) return undefined;
    const { label, media } = channels.facts(session.home.channel);
    return {
      label,
      media,
      isOwn: isDirect(session) && (await isOwnersAlone(records, session.home)),
    };
  },
  dispatch: createFileDispatch({
    store: records.store,
    bus: records.bus,
    clock,
    facts: channels.facts,
    media: createMedia(picturesOf(paths)),
    pictures: {
      launchFor: jails.launchFor,
      status: jails.status,
      nodePath: realpathSync(process.execPath),
      programFolder: join(packageFolder, 'dist', 'outbox'),
    },
  }),
});
