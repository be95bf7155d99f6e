import type { Address } from './address.ts';

export interface Button {
  readonly label: string;
  /** What the platform sends back when it is pressed; at most 64 bytes. */
  readonly data: string;
}

/** What can stand beside the words of a message. */
export type MediaKind = 'image' | 'audio' | 'video' | 'file';

/** A file that goes out: one that nobody else reads, removed once its message is over. */
export interface OutboundMedia {
  readonly kind: MediaKind;
  readonly path: string;
  /** What the other side is to call it; without one, what its kind is called. */
  readonly name?: string;
  /** Its media type, such as `image/jpeg`, as its bytes say; `image/png` without one. */
  readonly type?: string;
}

export type MessageState = 'queued' | 'sending' | 'sent' | 'failed' | 'uncertain' | 'expired';

/** What goes out to a channel. One row of the outbox. */
export interface OutboundMessage {
  readonly id: string;
  readonly to: Address;
  /** A channel renders it so that nothing in it can act as its own markup. */
  readonly text: string;
  /** Of a text that was cut: the whole, and the code that it is looked up by. */
  readonly rest?: { readonly code: string; readonly text: string };
  /** Absent for words that mean just what they say; `markdown` for those whose marks a channel may show as what they mean. */
  readonly format?: 'markdown';
  readonly buttons: readonly (readonly Button[])[];
  /** The event that this answers, where it answers one. */
  readonly inReplyTo?: string;
  /** The platform's own id of the message that it quotes. */
  readonly quotes?: string;
  /** Replaces the text and buttons of a message sent earlier, by the id it has here. */
  readonly edits?: string;
  /** Sent as a message of its own where the other one cannot be edited (any more). */
  readonly orNew?: boolean;
  /** The approval whose card this is, so that every copy can be edited once it is decided. */
  readonly approval?: string;
  /** When it makes no sense any more (wall clock): what was not sent by then is not sent. */
  readonly expiresAt?: number;
  /** Its words are a secret: forgotten here once it was sent or given up. */
  readonly secret?: boolean;
  /** Shown with the text as its caption, where the channel can. */
  readonly media?: OutboundMedia;
  readonly state: MessageState;
  readonly attempts: number;
  readonly externalId?: string;
  readonly at: number;
}
