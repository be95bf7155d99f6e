import type { WireMessage } from '../frames.ts';
import type { Baileys, FullMessage, MessageNode, SignalAuth, SignalRepository } from './baileys.ts';
import { readMessage } from './read-message.ts';
import type { Votes } from './votes.ts';

/** Hands each message over once, and before WhatsApp is told that it arrived. */
export interface HandOver {
  /** Notes who sent what is about to be decrypted. */
  expect(node: MessageNode, me: { readonly id: string; readonly lid?: string } | undefined): void;
  /** For what came decrypted, or some other way. */
  take(message: FullMessage, offline: boolean): void;
  /** Baileys' own decryption, with the handing over inside its transaction. */
  readonly makeSignalRepository: (
    auth: SignalAuth,
    ...rest: readonly unknown[]
  ) => SignalRepository;
}

/** More than are ever under way at once. */
const REMEMBERED = 1000;

/**
 * Baileys decrypts a message, keeps the ratchet's next step, sends the receipt, and only then tells of
 * the message: a crash in between would lose it. So it is handed over before the ratchet moves. After a
 * crash it is still there to be decrypted again, and is known by its id.
 */
export function createHandOver(
  library: Baileys,
  votes: Votes,
  deliver: (message: WireMessage) => void,
): HandOver {
  const expected = new WeakMap<object, { readonly full: FullMessage; readonly offline: boolean }>();
  const done = new Set<string>();
  const take: HandOver['take'] = (full, offline) => {
    const name = `${full.key.remoteJid} ${full.key.id}`;
    if (done.has(name)) return;
    const message = readMessage(library, full, offline) ?? votes.read(full, offline);
    if (message === undefined) return;
    deliver(message);
    done.add(name);
    const [oldest] = done;
    if (done.size > REMEMBERED && oldest !== undefined) done.delete(oldest);
  };
  const decrypted = (ciphertext: Uint8Array, plain: Uint8Array): Uint8Array => {
    const envelope = expected.get(ciphertext);
    if (envelope === undefined) return plain;
    const content = library.proto.Message.decode(library.unpadRandomMax16(plain));
    const own = content.deviceSentMessage as { readonly message?: FullMessage['message'] } | null;
    const message = own?.message ?? content;
    take({ ...envelope.full, message }, envelope.offline);
    return plain;
  };
  return {
    take,
    expect(node, me) {
      if (me === undefined || !Array.isArray(node.content)) return;
      const { fullMessage } = library.decodeMessageNode(node, me.id, me.lid ?? '');
      const full = { ...fullMessage, key: withoutDevice(library, fullMessage.key) };
      const envelope = { full, offline: node.attrs.offline !== undefined };
      for (const { content } of node.content as readonly { readonly content?: unknown }[])
        if (content instanceof Uint8Array) expected.set(content, envelope);
    },
    makeSignalRepository: (auth, ...rest) => {
      const inner = library.DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, ...rest);
      return {
        ...inner,
        decryptMessage: (wish) =>
          auth.keys.transaction(
            async () => decrypted(wish.ciphertext, await inner.decryptMessage(wish)),
            wish.jid,
          ),
        decryptGroupMessage: (wish) =>
          auth.keys.transaction(
            async () => decrypted(wish.msg, await inner.decryptGroupMessage(wish)),
            wish.group,
          ),
      };
    },
  };
}

/** A chat is with a person: which device of theirs it was written on is no part of its name. */
function withoutDevice(
  { jidNormalizedUser: normal }: Baileys,
  key: FullMessage['key'],
): FullMessage['key'] {
  const { remoteJid, participant } = key;
  return {
    ...key,
    remoteJid: normal(remoteJid),
    ...(participant ? { participant: normal(participant) } : {}),
  };
}
