import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MessageKey } from '../frames.ts';

const MOST_WHY = 200;

/**
 * As much of Baileys as is used here, in words of our own: the package is not installed with atom (its
 * libsignal is GPL-3.0), so neither its code nor its types may be needed to build atom.
 */
export interface Baileys {
  makeWASocket(config: Readonly<Record<string, unknown>>): Socket;
  initAuthCreds(): Creds;
  decodeMessageNode(node: MessageNode, meId: string, meLid: string): { fullMessage: FullMessage };
  /** A JID without the device. */
  jidNormalizedUser(jid: string): string;
  normalizeMessageContent(content: unknown): Content | undefined;
  generateWAMessageFromContent(
    jid: string,
    content: Content,
    options: Readonly<Record<string, unknown>>,
  ): { readonly message: Content };
  unpadRandomMax16(bytes: Uint8Array): Uint8Array;
  /** Throws where one of the names, the secret or the vote is not the one that it was sealed with. */
  decryptPollVote(
    vote: Content,
    context: {
      readonly pollCreatorJid: string;
      readonly pollMsgId: string;
      readonly pollEncKey: Uint8Array;
      readonly voterJid: string;
    },
  ): { readonly selectedOptions?: readonly Uint8Array[] };
  readonly BufferJSON: {
    replacer(key: string, value: unknown): unknown;
    reviver(key: string, value: unknown): unknown;
  };
  readonly DEFAULT_CONNECTION_CONFIG: {
    makeSignalRepository(auth: SignalAuth, ...rest: readonly unknown[]): SignalRepository;
  };
  readonly proto: {
    readonly Message: {
      decode(bytes: Uint8Array): Content;
      readonly AppStateSyncKeyData: { fromObject(value: unknown): unknown };
    };
  };
}

export interface Creds {
  me?: { readonly id: string; readonly lid?: string };
  readonly signedIdentityKey: { readonly private: Uint8Array };
}

/** One stanza `<message>`; the parts called `enc` hold what is encrypted. */
export interface MessageNode {
  readonly attrs: Readonly<Record<string, string>>;
  readonly content?: unknown;
}

export interface FullMessage {
  readonly key: MessageKey & { readonly remoteJidAlt?: string; readonly participantAlt?: string };
  readonly messageTimestamp?: number | { toNumber(): number };
  readonly pushName?: string | null;
  readonly message?: Content | null;
}

/** A protobuf message: one of many fields is set. */
export type Content = Readonly<Record<string, unknown>>;

export interface SignalAuth {
  readonly keys: { transaction<T>(work: () => Promise<T>, key: string): Promise<T> };
}

export interface SignalRepository {
  decryptMessage(wish: {
    readonly jid: string;
    readonly ciphertext: Uint8Array;
  }): Promise<Uint8Array>;
  decryptGroupMessage(wish: {
    readonly group: string;
    readonly msg: Uint8Array;
  }): Promise<Uint8Array>;
}

export interface ConnectionUpdate {
  readonly connection?: 'connecting' | 'open' | 'close';
  readonly qr?: string;
  readonly lastDisconnect?: { readonly error?: unknown };
}

export interface Socket {
  readonly ev: {
    on(event: 'connection.update', listener: (update: ConnectionUpdate) => void): void;
    on(event: 'creds.update', listener: () => void): void;
    on(
      event: 'messages.upsert',
      listener: (all: { messages: readonly FullMessage[]; type: 'notify' | 'append' }) => void,
    ): void;
    on(
      event: 'group-participants.update' | 'groups.update',
      listener: (update: unknown) => void,
    ): void;
  };
  readonly ws: { on(event: 'CB:message', listener: (node: MessageNode) => void): void };
  end(error?: Error): Promise<void> | void;
  logout(): Promise<void>;
  requestPairingCode(phone: string): Promise<string>;
  groupMetadata(jid: string): Promise<unknown>;
  /** Sends a message that is already in WhatsApp's own form. */
  relayMessage(jid: string, message: Content, options: { messageId: string }): Promise<unknown>;
  refreshMediaConn(force: boolean): Promise<{
    readonly auth: string;
    readonly hosts: readonly { readonly hostname: string }[];
  }>;
  sendPresenceUpdate(state: 'composing' | 'paused', jid: string): Promise<void>;
  readMessages(keys: readonly MessageKey[]): Promise<void>;
  sendMessage(
    jid: string,
    content: Readonly<Record<string, unknown>>,
    options?: Readonly<Record<string, unknown>>,
  ): Promise<unknown>;
  /** The stanza that answers an id; undefined where none came in time. */
  waitForMessage(
    id: string,
    ms: number,
  ): Promise<{ readonly attrs: Readonly<Record<string, string>> } | undefined>;
}

/** The library cannot be used here at all; why. Nothing of the account is in it. */
export class NotLoaded extends Error {}

/** Loads the library from its folder. Throws NotLoaded. */
export async function loadBaileys(folder: string): Promise<Baileys> {
  try {
    const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      readonly main: string;
    };
    return (await import(pathToFileURL(join(folder, main)).href)) as Baileys;
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new NotLoaded(`its library cannot be loaded: ${first.slice(0, MOST_WHY)}`);
  }
}
