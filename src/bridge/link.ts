import type { TurnResult } from './contract.ts';
import type { BridgeError } from './errors.ts';

/** A message on its way to an agent. */
export interface Outgoing {
  readonly messageId: string;
  readonly sessionKey: string;
  readonly text: string;
}

/** What a gateway says once it has written a message down. */
export interface Receipt {
  /** How the gateway names the turn that will answer, or the message itself. */
  readonly ref: string;
}

/** What a gateway tells, in the words of no dialect. */
export type LinkEvent =
  | {
      readonly kind: 'message';
      readonly id: string;
      readonly sessionKey: string;
      readonly text: string;
      readonly inReplyTo?: string;
      readonly at: number;
    }
  /** What `from` names is answered with the turn `into`. */
  | { readonly kind: 'joined'; readonly from: string; readonly into: string }
  | { readonly kind: 'ended'; readonly ref: string; readonly result: TurnResult };

/** One connection on which the handshake is done, whatever the gateway speaks. */
export interface Link {
  /** True where events were missed and are not told any more. */
  readonly gap: boolean;
  /** False from the moment it is over. */
  readonly open: boolean;
  /** Resolves once the gateway has the message for good; rejects with a BridgeError. */
  send(message: Outgoing, timeoutMs: number): Promise<Receipt>;
  /** Rejects with a BridgeError where the other side does not answer within `timeoutMs`. */
  ping(timeoutMs: number): Promise<void>;
  /** `raw` as the gateway sent it, `events` what it means. Set once, before anything is awaited. */
  listen(
    listener: (raw: { readonly [key: string]: unknown }, events: readonly LinkEvent[]) => void,
  ): void;
  /** Resolves once, with why it is over. */
  readonly closed: Promise<BridgeError>;
  close(): void;
}

/** Opens a link, with the handshake. Rejects with ConnectionError. Events go on where the last link ended. */
export type Dial = (signal: AbortSignal) => Promise<Link>;
