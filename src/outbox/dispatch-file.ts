import type { Clock } from '../base/clock.ts';
import { AtomError } from '../base/errors.ts';
import type { Bus } from '../bus/bus.ts';
import type { ChannelFacts } from '../domain/channel.ts';
import { carriedAs, type DispatchFile } from '../domain/sending-file.ts';
import type { Store } from '../domain/store.ts';
import { messageState } from '../store/tables/outbox.ts';
import { sessionById } from '../store/tables/sessions.ts';
import type { Media } from './media.ts';
import type { PictureHost } from './pictures/write-anew.ts';
import { privateCopy } from './private-copy.ts';
import { queueText } from './queue.ts';

export interface DispatchDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly media: Pick<Media, 'folder' | 'discard'>;
  readonly facts: (channel: string) => ChannelFacts;
  readonly pictures: PictureHost;
}

/**
 * Queues a file for the chat of a session: a private copy of it, which is all that is sent, whatever
 * becomes of the one in the jail. A picture is written anew first, and never leaves as it was. Throws
 * AtomError where it cannot be sent; nothing is left of it then.
 */
export const createFileDispatch =
  (deps: DispatchDeps): DispatchFile =>
  async (file, signal) => {
    const session = await sessionById(deps.store, file.session);
    const facts = session && deps.facts(session.home.channel);
    const way = facts && carriedAs(facts.media, file.kind);
    if (!session || !facts || !way)
      throw new AtomError('blocked', 'This chat can take no such file.');
    const folder = await deps.media.folder();
    try {
      const ready = await privateCopy(deps.pictures, { file, folder, most: way.most }, signal);
      const id = `file:${file.run}`;
      const isNew = await deps.store.tx(async (sql) => {
        // A try before a crash came this far: its copy is the one that goes.
        if ((await messageState(sql, id)) !== undefined) return false;
        if (file.stillMine && !(await file.stillMine(sql)))
          throw new AtomError('failed', 'The lease ran out before the file was queued.');
        await queueText(sql, facts, {
          id,
          to: session.home,
          text: file.caption ?? ready.name,
          at: deps.clock.now(),
          media: { kind: way.kind, path: ready.path, name: ready.name, type: ready.type },
        });
        return true;
      });
      if (!isNew) await deps.media.discard({ kind: way.kind, path: ready.path });
      deps.bus.tell('outbound', undefined);
      return { message: id, type: ready.type, bytes: ready.bytes };
    } catch (error) {
      await deps.media.discard({ kind: file.kind, path: `${folder}/original` });
      throw error;
    }
  };
