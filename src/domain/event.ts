import type { Address } from './address.ts';
import type { Decider } from './approval.ts';
import type { Caller } from './caller.ts';
import type { Sourced } from './label.ts';
import type { MediaKind } from './message.ts';

/** Something that arrived with a message; the bytes stay with the channel until asked for. */
export interface MediaRef {
  readonly kind: MediaKind;
  readonly id: string;
  readonly name?: string;
  /** What the sender says that it is, such as `image/jpeg`; proves nothing. */
  readonly type?: string;
  readonly bytes?: number;
}

/** What came in from a channel. (channel, account, externalId) is unique for ever. */
export interface InboundEvent {
  readonly id: string;
  /** The platform's own id of this event, such as Telegram's update_id. */
  readonly externalId: string;
  /** The platform's own id of the message it came with, which an answer quotes; absent where none can be. */
  readonly message?: string;
  readonly from: Address;
  /** `id` is the platform's unchangeable id; `name` is a claim of the sender and proves nothing. */
  readonly sender: { readonly id: string; readonly name?: string };
  /**
   * Where a client of the gateway said it, and not somebody of the channel: a device or a program, or the
   * owner at the terminal in a chat of another channel; or a job that the owner made; or another agent, or
   * the feed. `sender` is its id then. Set by atom alone, which has proved it; `owner` is true where it speaks for the owner.
   */
  readonly via?: {
    readonly surface: Caller['surface'] | 'job' | 'agent';
    readonly owner: boolean;
    /** Of a job: true where an agent chose the words. */
    readonly worded?: boolean;
    /** Of an agent: the label of all that it was shown, and what atom has to say about the words. */
    readonly heard?: Sourced;
    readonly note?: string;
  };
  /** True where the platform does not prove who sent it: anybody may write as that sender, and not read the answer. */
  readonly claimed?: boolean;
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

/**
 * The external id of what a client of the gateway says under a key of its own, which no platform and no
 * other client uses.
 */
export const saidThrough = ({ surface, id }: Decider, key: string): string =>
  `${surface}/${id}/${key}`;

/** Who said it, and where: `telegram/42`, `device/d2`. */
export const speakerOf = ({
  from,
  sender,
  via,
}: Pick<InboundEvent, 'from' | 'sender' | 'via'>): Decider => ({
  surface: via?.surface ?? from.channel,
  id: sender.id,
});

/** Whether the sender is what the account was set up for, as a program that posts under a key of its own. */
export const isItsAccount = ({ from, sender }: Pick<InboundEvent, 'from' | 'sender'>): boolean =>
  from.account === sender.id;
