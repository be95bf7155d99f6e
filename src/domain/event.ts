import type { Address } from './address.ts';

/** Something that arrived with a message; the bytes stay with the channel until asked for. */
export interface MediaRef {
  readonly kind: 'image' | 'audio' | 'video' | 'file';
  readonly id: string;
  readonly name?: string;
  readonly bytes?: number;
}

/** What came in from a channel. (channel, account, externalId) is unique for ever. */
export interface InboundEvent {
  readonly id: string;
  /** The platform's own id of this event, such as Telegram's update_id. */
  readonly externalId: string;
  readonly from: Address;
  /** `id` is the platform's unchangeable id; `name` is a claim of the sender and proves nothing. */
  readonly sender: { readonly id: string; readonly name?: string };
  readonly kind: 'message' | 'button' | 'edit' | 'join' | 'wake';
  readonly text: string;
  /** In words, whose the text is where it is not the sender's own: `forwarded from “News”`. */
  readonly wordsOf?: string;
  readonly media: readonly MediaRef[];
  readonly isGroup: boolean;
  readonly mentionsMe: boolean;
  /** Milliseconds since 1970, as the platform says. */
  readonly at: number;
}
