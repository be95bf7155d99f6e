import type { Decider } from '../domain/approval.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { OutboundMedia } from '../domain/message.ts';

/** What somebody is told in the chat that they wrote in. */
export interface Said {
  readonly text: string;
  /** Forgotten once it was sent. */
  readonly secret?: boolean;
  readonly media?: OutboundMedia;
  /** When it makes no sense any more. */
  readonly expiresAt?: number;
}

/** How an owner connects a device from a chat. */
export interface PairDoor {
  /** Makes a setup code: a picture where the channel shows any and one is wanted, text otherwise. */
  code(event: InboundEvent, wanted: 'qr' | 'text'): Promise<Said>;
  /** Lets in a device that waits, by its id; `proof` is a code of the second factor. */
  approve(by: Decider, ref: string, proof: string | undefined): Promise<string>;
}
