import type { Address } from '../../src/domain/address.ts';
import type { Channel, SendRequest } from '../../src/domain/channel.ts';

/** What the other side of a channel shows of one message. */
export interface Shown {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** What not every channel has, or not every peer can show of it. */
export type Row =
  | 'words in'
  | 'redelivery'
  | 'edits'
  | 'buttons'
  | 'refusals'
  | 'threads'
  | 'files in'
  | 'files out'
  | 'typing'
  | 'reconnect'
  | 'credentials';

/** Why there is nothing to be shown: the channel has no such thing, or another peer of it shows that. */
export type Lacks = Readonly<Partial<Record<Row, string>>>;

/** A channel, not yet opened, and a peer it talks to. What is left out has its reason in `Lacks`. */
export interface ChannelStage {
  readonly channel: Channel;
  /** A second channel of the same account. */
  readonly another: () => Channel;
  /** Where somebody is who can be written to. */
  readonly home: Address;
  /** Writes to us from `home`. */
  inject?(text: string): Promise<void>;
  pressButton?(data: string): Promise<void>;
  /** What is to be read at the other side now, after every edit, oldest first. */
  shown(): Promise<readonly Shown[]>;
  /** A message that the other side refuses for good. */
  readonly refused?: SendRequest;
  readonly thread?: {
    readonly at: Address;
    inject(text: string): Promise<void>;
    /** What was written into it, oldest first. */
    shown(): Promise<readonly string[]>;
  };
  /** Somebody sends a file from `home`. */
  bring?(bytes: Buffer): Promise<void>;
  /** The bytes of the files that arrived at the other side. */
  taken?(): Promise<readonly Buffer[]>;
  /** How often the other side was shown that we write. */
  typings?(): number;
  /** Breaks the line once; the other side is there again at once. */
  cut?(): Promise<void>;
  /** A channel whose credentials are refused; what of them is secret has `WRONG` in it. */
  unwelcome?(): Channel;
  close(): Promise<void>;
}

/** Stands in secrets that are not those of the peer, and may be told nowhere. */
export const WRONG = 'wrong-and-a-secret';
