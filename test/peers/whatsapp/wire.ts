import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** One stanza of WhatsApp's binary XML. */
export interface WireNode {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  readonly content?: readonly WireNode[] | Uint8Array | string;
}

/** A client whose Noise handshake is done. */
export interface WireClient {
  /** `ClientPayload`, decrypted: it says whether the client registers or logs in. */
  readonly payload: Uint8Array;
  send(node: WireNode): Promise<void>;
  readonly socket: { close(): void; terminate(): void };
}

/** True where the client was dealt with, and crabline does not log it in by itself. */
export type OnClient = (client: WireClient) => Promise<boolean>;

/** Told of each message that a client sent, decrypted. */
export type OnPlain = (node: WireNode, plain: Uint8Array) => void;

/** Told of each stanza that a client sent, with its bytes as they came. */
export type OnNode = (node: WireNode) => void;

/** Of the one server that runs; set by whoever starts it. */
export const hooks: { onClient: OnClient; onPlain: OnPlain; onNode: OnNode } = {
  onClient: async () => false,
  onPlain: () => undefined,
  onNode: () => undefined,
};
Object.assign(globalThis, { atomWireHooks: hooks });

/**
 * crabline logs every client in at once, has no pairing and reads texts only. These lines tell us of a client
 * after its handshake, so that a test may pair it, refuse it, or write to it later, and of what it sends.
 */
const PATCHES: readonly (readonly [string, string])[] = [
  // Its own reader knows a part of the dictionary, and hangs up at a stanza that Baileys sends after the
  // first message.
  [
    'import { decodeBinaryNode, encodeBinaryNode,',
    `import { decodeBinaryNode } from '${import.meta.resolve('@whiskeysockets/baileys')}';\nimport { encodeBinaryNode,`,
  ],
  [
    '        this.#decrypt(finish.payload);',
    '        this.payload = this.#decrypt(finish.payload);',
  ],
  [
    'this.#noise.finishClientHandshake(frame);\n                this.#handshakeState = "open";',
    `this.#noise.finishClientHandshake(frame);
                this.#handshakeState = "open";
                if (await globalThis.atomWireHooks.onClient({ payload: this.#noise.payload, socket: this.socket, send: (node) => this.#sendNode(node) })) continue;`,
  ],
  ['class BaileysNoiseServer {', 'class BaileysNoiseServer {\n    payload;'],
  [
    '    async #handleNode(node) {',
    '    async #handleNode(node) {\n        globalThis.atomWireHooks.onNode(node);',
  ],
  // It cannot read what is for a group, and so never confirms it.
  [
    '        if (node.tag === "message") {',
    `        if (node.tag === "message" && node.attrs.to?.endsWith("@g.us"))
            return this.#sendNode({ tag: "ack", attrs: { class: "message", from: node.attrs.to, id: node.attrs.id } });
        if (node.tag === "message") {`,
  ],
  [
    'text = readWhatsAppConversation(unpadRandomMax16(decrypted));',
    `if (!wasPreviouslyPersisted) globalThis.atomWireHooks.onPlain(params.node, unpadRandomMax16(decrypted));
                            text = readWhatsAppConversation(unpadRandomMax16(decrypted));`,
  ],
];

/** Marks a copy of our own: whoever imported crabline before has loaded the plain one. */
const MARK = '?with-phone';

/** crabline's WhatsApp alone, with the lines above. */
export const PATCHED_SERVER = new URL(
  `servers/whatsapp.js${MARK}`,
  import.meta.resolve('@openclaw/crabline'),
).href;

const WIRE = '/whatsapp-baileys-websocket.js';

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    return context.parentURL === PATCHED_SERVER && found.url.endsWith(WIRE)
      ? { ...found, url: found.url + MARK }
      : found;
  },
  load(url, context, next) {
    if (!url.endsWith(WIRE + MARK)) return next(url, context);
    let source = readFileSync(new URL(url), 'utf8');
    for (const [from, to] of PATCHES) {
      if (!source.includes(from)) throw new Error(`crabline changed: ${from}`);
      source = source.replace(from, to);
    }
    return { format: 'module', source, shortCircuit: true };
  },
});
