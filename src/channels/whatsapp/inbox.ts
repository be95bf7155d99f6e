import type { InboundEvent, MediaRef } from '../../domain/event.ts';
import { proofIn } from '../../domain/pairing.ts';
import { personOf } from '../../domain/sender.ts';
import type { Store } from '../../domain/store.ts';
import { findSender } from '../../store/tables/senders.ts';
import { eventOf } from './events.ts';
import type { WireMessage } from './frames.ts';
import type { Keep } from './keep.ts';
import { download, referenceTo } from './media/incoming.ts';
import { hostFor } from './media/transfer.ts';
import type { Said } from './said.ts';

export interface InboxDeps {
  readonly keep: Keep;
  readonly settings: {
    readonly allow: readonly string[];
    readonly groups: readonly string[];
    /** Another server than WhatsApp's own. */
    readonly url?: string;
  };
  readonly store: Store;
  newId(): string;
  /**
   * Told of somebody who is not known. They are not heard at all, but where they prove that they were given
   * a link or a code: the account may be a person's, and its friends must not get answers from a program.
   */
  stranger(id: string): void;
}

/** What comes in. */
export interface Inbox {
  /** The event in a message; undefined where there is none for us. */
  read(message: WireMessage): Promise<InboundEvent | undefined>;
  /** The bytes of an attachment. Throws SendError. */
  download(media: MediaRef, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
}

export function createInbox(deps: InboxDeps, { sent, numbered, polls }: Said): Inbox {
  const { keep, settings, newId } = deps;
  const known = { newId, groups: settings.groups, wasSent: (id: string) => sent.has(id) };
  return {
    async read(message) {
      const me = await keep.linked();
      const event = me && eventOf(known, message, me);
      if (event === undefined) return undefined;
      if (!(await isHeard(deps, event))) {
        deps.stranger(event.sender.id);
        return undefined;
      }
      const { peer } = event.from;
      const { vote } = message;
      const data = vote ? polls.voted(peer, vote) : numbered.pressed(peer, message);
      if (data !== undefined) return { ...event, kind: 'button', text: data };
      // A vote is an answer to a card or nothing at all.
      if (vote !== undefined) return undefined;
      const media = await Promise.all(message.media.map((one) => referenceTo(keep, one)));
      return { ...event, media };
    },
    download: (media, signal) => download({ keep, host: hostFor(settings.url) }, media, signal),
  };
}

/** Whoever is named in the settings, was let in, or is about to be. */
async function isHeard({ settings, store }: InboxDeps, event: InboundEvent): Promise<boolean> {
  const { sender, isGroup, text } = event;
  if (settings.allow.includes(sender.id)) return true;
  if ((await findSender(store, personOf(event))) !== undefined) return true;
  // Whose number is hidden could be somebody else once it is shown.
  const isNumber = /^\d+$/.test(sender.id);
  return isNumber && !isGroup && (proofIn(text)?.text ?? '') !== '';
}
