import type { InboundEvent, MediaRef } from '../../domain/event.ts';
import { eventOf } from './events.ts';
import type { WireMessage } from './frames.ts';
import type { Keep } from './keep.ts';
import { download, referenceTo } from './media/incoming.ts';
import { hostFor } from './media/transfer.ts';
import type { Numbered } from './numbered.ts';

export interface InboxDeps {
  readonly keep: Keep;
  readonly settings: {
    readonly allow: readonly string[];
    readonly groups: readonly string[];
    /** Another server than WhatsApp's own. */
    readonly url?: string;
  };
  newId(): string;
  /**
   * Told of somebody who is not on the allowlist. They are not heard at all: the account may be a person's,
   * and its friends must not get answers from a program.
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

/** `sent` are the ids of what we sent, and `numbered` knows what it offered. */
export function createInbox(
  deps: InboxDeps,
  { sent, numbered }: { readonly sent: ReadonlySet<string>; readonly numbered: Numbered },
): Inbox {
  const { keep, settings, newId } = deps;
  const known = { newId, groups: settings.groups, wasSent: (id: string) => sent.has(id) };
  return {
    async read(message) {
      const me = await keep.linked();
      const event = me && eventOf(known, message, me);
      if (event === undefined) return undefined;
      if (!settings.allow.includes(event.sender.id)) {
        deps.stranger(event.sender.id);
        return undefined;
      }
      const data = numbered.pressed(event.from.peer, message);
      if (data !== undefined) return { ...event, kind: 'button', text: data };
      const media = await Promise.all(message.media.map((one) => referenceTo(keep, one)));
      return { ...event, media };
    },
    download: (media, signal) => download({ keep, host: hostFor(settings.url) }, media, signal),
  };
}
