import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { proto as Proto } from '@whiskeysockets/baileys';
import { scratchFolder } from '../scratch.ts';
import { startFront } from './front.ts';
import { pairDevice, pairSuccess, type Registration, registrationOf } from './pairing.ts';
import { hooks, PATCHED_SERVER, type WireClient, type WireNode } from './wire.ts';

const { startWhatsAppServer }: Pick<typeof import('@openclaw/crabline'), 'startWhatsAppServer'> =
  await import(PATCHED_SERVER);
const { proto } = await import('@whiskeysockets/baileys');

/** The number that is linked, and that of whoever writes to it. */
export const OWN = '15550000000';
export const DANA = '15551112222';

/** How a client that logs in is answered. */
export type Welcome = 'log in' | { readonly failure: number } | { readonly streamError: number };

export interface WhatsAppPeer {
  readonly url: string;
  /** Encrypted files by the path that they are fetched from. */
  readonly files: Map<string, Buffer>;
  /** Everything that clients registered with, newest last. */
  readonly registrations: readonly Registration[];
  /** How often a client logged in. */
  logins(): number;
  /** What the next clients that log in get; the last one lasts. */
  welcome(...next: readonly Welcome[]): void;
  /** A phone scans a code: pairs the client that showed it, and ends its connection with 515. */
  scan(qr: string): Promise<void>;
  /** Sends a stanza to the client that is there. */
  send(node: WireNode): Promise<void>;
  /** Cuts the connection. */
  cut(): void;
  /** Somebody writes; unencrypted, as crabline does. */
  inject(text: string, from?: { readonly chat?: string; readonly sender?: string }): Promise<void>;
  /** Asks the client for keys that others begin to write to it with, as WhatsApp does when it runs out of them. */
  keys(): Promise<WireNode>;
  /** Everything that clients sent, decrypted, oldest first. */
  readonly sent: readonly Sent[];
  /** Stanzas of a kind that clients sent. */
  heard(tag: string): readonly WireNode[];
  close(): Promise<void>;
}

export interface Sent {
  readonly id: string;
  readonly to: string;
  readonly text: string;
  readonly edits?: string;
  readonly reaction?: string;
  readonly quotes?: string;
  /** All of it, in WhatsApp's own form. */
  readonly content: Content;
}

type Content = Proto.IMessage;

interface Recorded {
  readonly method: string;
  readonly accepted?: boolean;
  readonly body?: unknown;
}

/** Starts crabline's WhatsApp with a phone beside it: the real Noise handshake, pairing, stream errors. */
export async function startWhatsAppPeer(): Promise<WhatsAppPeer> {
  const folder = scratchFolder('whatsapp');
  const recorded: Recorded[] = [];
  const registrations: Registration[] = [];
  let client: WireClient | undefined;
  let logins = 0;
  let upload = Promise.withResolvers<WireNode>();
  hooks.onNode = (node) => {
    const { tag, attrs } = node;
    if (tag === 'iq' && attrs.xmlns === 'encrypt' && attrs.type === 'set') upload.resolve(node);
  };
  let welcomes: readonly Welcome[] = ['log in'];
  hooks.onClient = async (arrived) => {
    client = arrived;
    const payload = proto.ClientPayload.decode(arrived.payload);
    if (payload.devicePairingData) {
      registrations.push(registrationOf(payload.devicePairingData));
      await arrived.send(pairDevice());
      return true;
    }
    const [now = 'log in', ...rest] = welcomes;
    if (rest.length > 0) welcomes = rest;
    if (now === 'log in') {
      logins += 1;
      return false;
    }
    await arrived.send(
      'failure' in now
        ? { tag: 'failure', attrs: { reason: String(now.failure) } }
        : { tag: 'stream:error', attrs: { code: String(now.streamError) } },
    );
    setTimeout(() => arrived.socket.close(), 20);
    return true;
  };
  const sent: Sent[] = [];
  hooks.onPlain = ({ attrs }, plain) => {
    const content = proto.Message.decode(plain);
    const message = content.deviceSentMessage?.message ?? content;
    const edit = message.protocolMessage;
    sent.push({
      id: attrs.id ?? '',
      to: attrs.to ?? '',
      text: textIn(edit?.editedMessage ?? message),
      content: message,
      ...(edit?.key?.id ? { edits: edit.key.id } : {}),
      ...(message.reactionMessage?.text ? { reaction: message.reactionMessage.text } : {}),
      ...(message.extendedTextMessage?.contextInfo?.stanzaId
        ? { quotes: message.extendedTextMessage.contextInfo.stanzaId }
        : {}),
    });
  };
  const server = await startWhatsAppServer({
    recorderPath: join(folder, 'whatsapp.jsonl'),
    selfJid: `${OWN}@s.whatsapp.net`,
    onEvent: (event: unknown) => void recorded.push(event as Recorded),
  } as Parameters<typeof startWhatsAppServer>[0]);
  const { manifest } = server;
  const { endpoints, adminToken } = manifest as unknown as {
    readonly endpoints: { readonly baileysWebSocketUrl: string; readonly adminInboundUrl: string };
    readonly adminToken: string;
  };
  const address = new URL(endpoints.baileysWebSocketUrl);
  const front = await startFront(Number(address.port));
  address.port = String(front.port);
  return {
    url: address.href,
    files: front.files,
    registrations,
    logins: () => logins,
    welcome: (...next) => {
      welcomes = next;
    },
    async scan(qr) {
      if (!client) throw new Error('nobody shows a code');
      await client.send(pairSuccess(qr, OWN));
      const { send, socket } = client;
      // The phone's server asks for a new connection once it has the client's signature.
      setTimeout(() => void send({ tag: 'stream:error', attrs: { code: '515' } }), 50);
      setTimeout(() => socket.close(), 100);
    },
    send: async (node) => client?.send(node),
    async keys() {
      upload = Promise.withResolvers<WireNode>();
      await client?.send(KEYS_RUN_OUT);
      return upload.promise;
    },
    cut: () => client?.socket.terminate(),
    async inject(
      text,
      { chat = `${DANA}@s.whatsapp.net`, sender = `${DANA}@s.whatsapp.net` } = {},
    ) {
      const response = await fetch(endpoints.adminInboundUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-crabline-admin-token': adminToken },
        body: JSON.stringify({ chatJid: chat, senderJid: sender, text }),
      });
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    },
    sent,
    heard: (tag) =>
      recorded.flatMap(({ body }) => (isNode(body) && body.tag === tag ? [body] : [])),
    async close() {
      client?.socket.terminate();
      await front.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const KEYS_RUN_OUT: WireNode = {
  tag: 'notification',
  attrs: { from: '@s.whatsapp.net', type: 'encrypt', id: 'keys', t: '1700000000' },
  content: [{ tag: 'count', attrs: { value: '0' } }],
};

const isNode = (body: unknown): body is WireNode =>
  typeof body === 'object' && body !== null && 'tag' in body;

const textIn = (message: Content): string => {
  const { imageMessage, videoMessage, documentWithCaptionMessage: wrapped } = message;
  const caption = imageMessage?.caption ?? videoMessage?.caption;
  const document = wrapped?.message?.documentMessage?.caption;
  return message.conversation || message.extendedTextMessage?.text || caption || document || '';
};
