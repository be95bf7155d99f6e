import type { Address } from './address.ts';
import type { Card } from './card.ts';
import type { InboundEvent, MediaRef } from './event.ts';
import type { Hook } from './hook.ts';
import type { Button, MediaKind, OutboundMedia } from './message.ts';

/** What is known of a channel without loading its SDK. */
export interface ChannelFacts {
  readonly name: string;
  readonly label: string;
  /** How it is connected, in words: `long polling`, `this terminal`. */
  readonly transport: string;
  readonly threads: boolean;
  readonly buttons: boolean;
  /** True where what is pressed while we are away never comes. */
  readonly forgetsPresses?: true;
  /** True where a button can open a form to type into. */
  readonly forms?: boolean;
  readonly edits: boolean;
  /** What can go out beside a text, and how many bytes of it at most; empty where nothing can. */
  readonly media: Readonly<Partial<Record<MediaKind, number>>>;
  /**
   * After so many ms without a sign of life nobody is there: 120,000 where nothing is said, since a long poll
   * comes back within half a minute. Infinity where there is a sign only with a message.
   */
  readonly silentMs?: number;
  /** True where what runs is seen while it runs, without a message. */
  readonly live?: boolean;
  /** How long it shows that something is being written, once told: 5,000 ms where nothing is said. */
  readonly typingMs?: number;
  /** True where sending the same message id twice shows it once. */
  readonly idempotentSend: boolean;
  /** The strongest proof that a card may need to be approved there: `tap` for low and medium risk alone; absent for any. */
  readonly mostFactor?: Card['factor'];
  /** True where a message that finds no room is brought again later, and holds up none behind it. */
  readonly bringsAgain?: true;
  /** True where what is signed holds no time, so that it is as good years later: its ids are never forgotten. */
  readonly undated?: true;
  /** Characters (UTF-16 units) that fit in one message. */
  readonly maxLength: number;
  /**
   * Characters of a text that is too long for one message and goes out as one all the same, in the way that
   * the channel has for it, such as a file. Absent where it goes out as several.
   */
  readonly maxLong?: number;
  /** Characters that fit below a file, where fewer do than in a message of their own. */
  readonly maxCaption?: number;
  /**
   * How many units of a text are sent, where more would cost too much: the rest is read elsewhere. Absent
   * where a long text goes out as several messages.
   */
  readonly room?: (text: string) => number;
  readonly rate: SendRate;
  /** Whose commands are named there, where that is not the profile that needs no name. */
  readonly profile?: string;
}

/** How fast a platform lets us speak. Each is `count` messages in any `ms`. */
export interface SendRate {
  readonly chat?: { readonly count: number; readonly ms: number };
  readonly group?: { readonly count: number; readonly ms: number };
  readonly overall?: { readonly count: number; readonly ms: number };
}

export interface SendRequest {
  readonly id: string;
  readonly to: Address;
  readonly text: string;
  readonly format?: 'markdown';
  readonly buttons: readonly (readonly Button[])[];
  /** External id of the message to edit instead of sending a new one. */
  readonly edits?: string;
  /** The event that this answers. */
  readonly inReplyTo?: string;
  /** The platform's own id of the message that this quotes, where it is still there. */
  readonly quotes?: string;
  /** Never an edit's. */
  readonly media?: OutboundMedia;
}

/** How a send that did not work ended, so that the outbox knows what may be repeated. */
export type SendFailure =
  /** Refused and will always be refused: never tried again. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not accepted; may be tried again after `retryMs`, or by the usual back-off. */
  | { readonly kind: 'later'; readonly reason: string; readonly retryMs?: number }
  /** Nobody can tell whether it was accepted. */
  | { readonly kind: 'unknown'; readonly reason: string };

export class SendError extends Error {
  readonly failure: SendFailure;
  constructor(failure: SendFailure) {
    super(failure.reason);
    this.name = 'SendError';
    this.failure = failure;
  }
}

export interface ChannelHooks {
  /** Resolves once the event is durable; only then may the channel acknowledge it. */
  accept(event: InboundEvent): Promise<void>;
  /** Told whenever the channel's health changes. */
  health(health: ChannelHealth): void;
  /** Told before each try to reach the platform that begins a connection: the first, and those after a failure. */
  attempt?(): void;
}

export type ChannelHealth =
  | { readonly state: 'starting' }
  /** `identity` is who the platform says we are (`@dana_bot`): credentials were verified. */
  | { readonly state: 'ready'; readonly identity: string }
  | { readonly state: 'retrying'; readonly reason: string }
  /** Needs the owner; `reason` holds the platform's own words and the next step. */
  | { readonly state: 'failed'; readonly reason: string };

/** What is told while an account is being linked by a code that its phone takes. */
export type LinkStep =
  /** A QR code to scan; the newest one counts. */
  | { readonly kind: 'qr'; readonly text: string }
  /** Eight characters to type into the phone. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'linked'; readonly identity: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** For channels whose account is linked as one more device of it. */
export interface Linking {
  /** `phone` asks for a code to type instead of one to scan. Throws AtomError where one is linked already. */
  begin(wish: { readonly phone?: string }, tell: (step: LinkStep) => void): Promise<void>;
  /** Unlinks, there as far as it can be reached, and forgets every key. */
  end(): Promise<void>;
}

export interface Channel {
  readonly facts: ChannelFacts;
  /** Starts receiving; returns at once and reports through `hooks.health`. */
  open(hooks: ChannelHooks): void;
  /** Throws SendError; anything else thrown counts as `unknown`. */
  send(message: SendRequest, signal: AbortSignal): Promise<{ readonly externalId: string }>;
  /** Answers a button press, so that the phone stops waiting. Best effort. */
  acknowledge?(event: InboundEvent, note: string): Promise<void>;
  typing?(to: Address): Promise<void>;
  /** The bytes of what came with an event, as they arrive. Throws SendError. */
  download?(media: MediaRef, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /** Answers the requests that its platform makes of us, where it makes any: at `/hooks/<name of the channel>`. */
  readonly hook?: Hook;
  readonly linking?: Linking;
  close(): Promise<void>;
}
