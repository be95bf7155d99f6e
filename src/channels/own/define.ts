/** A message that came in, as its platform knows it. */
export interface IncomingMessage {
  /** The platform's own id of it: what comes twice under one id counts once. */
  readonly id: string;
  /** The chat that it was said in, by the platform's unchangeable id: no blanks, controls or colons. */
  readonly chat: string;
  /** Who said it, by the platform's unchangeable id. */
  readonly sender: string;
  /** What they call themselves; proves nothing. */
  readonly name?: string;
  /** At most 65,536 characters. */
  readonly text: string;
  readonly thread?: string;
  readonly isGroup?: boolean;
  /** Whether a group's message is for atom; nothing else of a group is heard. */
  readonly mentionsMe?: boolean;
  /** The platform's id of the message that this quotes. */
  readonly quotes?: string;
  /** Milliseconds since 1970; now where it is left out. */
  readonly at?: number;
}

/** A message to send. */
export interface OutgoingMessage {
  /** atom's id of it: the same one again means the same message. */
  readonly id: string;
  readonly chat: string;
  readonly thread?: string;
  /** Plain text; no mark in it means anything. */
  readonly text: string;
  /** The platform's id of the message to put this in the place of; only where `edits` is true. */
  readonly edits?: string;
}

/** How the channel does: who it is once it is connected, or what keeps it from that, in words. */
export type Health =
  | { readonly state: 'ready'; readonly identity: string }
  | { readonly state: 'retrying'; readonly reason: string }
  /** Only the owner can mend it: it is not tried again until they reopen it. */
  | { readonly state: 'failed'; readonly reason: string };

export interface ChannelLine {
  /**
   * Resolves once atom has the message on disk: only then tell the platform that it arrived. Rejects where it
   * could not be kept: let `open` end with that, and bring it again.
   */
  accept(message: IncomingMessage): Promise<void>;
  /** The settings that the owner gave: `atom channels add hub --set url=…`. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The value of a secret that `secrets` names. */
  secret(name: string): string;
  health(health: Health): void;
  /** A connection to a host that `hosts` or `ownServers` names, for what is no HTTP. */
  connect(place: {
    readonly host: string;
    readonly port: number;
    /** False without TLS; true unless given. */
    readonly tls?: boolean;
  }): Promise<import('node:net').Socket>;
  /** Aborts once the channel is closed. */
  readonly signal: AbortSignal;
}

/**
 * A channel, written by anybody: a TypeScript module `channels/<name>/channel.ts` that exports `channel`. It
 * runs in a process of its own inside a jail, with an empty environment, no files, and no way out but to what
 * it names here.
 */
export interface ChannelDefinition {
  /** What people call it, at most 40 characters. */
  readonly label: string;
  /** Hosts on the internet: `chat.example.org`, `*.example.org`, `irc.example.org:6697`. */
  readonly hosts?: readonly string[];
  /** Servers of this machine or of your own network, with the port: `127.0.0.1:8080`, `nas.local:443`. */
  readonly ownServers?: readonly string[];
  /** Names of secrets; the owner keeps the value as `own-<name>.<secret>`. */
  readonly secrets?: readonly string[];
  /** Characters (UTF-16 units) that fit in one message; 4,000 unless given. */
  readonly maxLength?: number;
  readonly threads?: boolean;
  readonly edits?: boolean;
  /** True where sending the same message id twice shows it once, so that one in doubt may be sent again. */
  readonly idempotentSend?: boolean;
  /** True only where nobody can write there in somebody else's name. */
  readonly provesSenders?: boolean;
  /**
   * Connects, and brings messages until the signal aborts. Ends or throws where the connection is lost: the
   * process is then started anew, after a while that grows.
   */
  open(line: ChannelLine): Promise<void>;
  /** Sends a message, and resolves to the platform's id of it. What it throws but `NotSent` counts as in doubt. */
  send(message: OutgoingMessage, line: ChannelLine): Promise<string>;
}

/** Thrown by `send` for a message that certainly was not sent: `refused` for ever, or to be tried `later`. */
export class NotSent extends Error {
  readonly kind: 'refused' | 'later';
  constructor(kind: 'refused' | 'later', reason: string) {
    super(reason);
    this.name = 'NotSent';
    this.kind = kind;
  }
}

/** Writes a channel down with its types checked. */
export const defineChannel = (channel: ChannelDefinition): ChannelDefinition => channel;
