import { DANA, OWN, type WhatsAppPeer } from './peer.ts';
import type { WireNode } from './wire.ts';

const {
  addTransactionCapability,
  DEFAULT_CONNECTION_CONFIG,
  encodeWAMessage,
  initAuthCreds,
  parseAndInjectE2ESessions,
} = await import('@whiskeysockets/baileys');

export type Content = Parameters<typeof encodeWAMessage>[0];

/** The device that is linked. */
const DEVICE = `${OWN}:1@s.whatsapp.net`;

export interface Written {
  readonly id?: string;
  /** A group that it is written to; else it goes to the device alone. */
  readonly group?: string;
  /** Which try of the same message this is, as a sender counts them. */
  readonly retry?: number;
  readonly attrs?: Readonly<Record<string, string>>;
}

/** A device of somebody, with sessions of its own: what it writes nobody but the linked device can read. */
export interface Writer {
  readonly jid: string;
  /** One more message, encrypted, as the server hands it over. */
  seal(content: Content, written?: Written): Promise<WireNode>;
  /** Loses its sessions: the next message begins one from a key of the device. */
  forget(): void;
}

/** Speaks Signal's protocol with the libsignal of Baileys, and has nothing of ours. */
export function createWriter(peer: WhatsAppPeer, jid = `${DANA}:7@s.whatsapp.net`): Writer {
  const kept = new Map<string, unknown>();
  const creds = { ...initAuthCreds(), me: { id: jid } };
  const keys = addTransactionCapability(memoryKeys(kept), silent, TRANSACTIONS);
  const signal = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
    { creds, keys },
    silent,
    async () => undefined,
  );
  let count = 0;
  const begin = async (): Promise<void> => {
    if ((await signal.validateSession(DEVICE)).exists) return;
    await parseAndInjectE2ESessions(bundleOf(await peer.keys(), count) as never, signal);
  };
  const toDevice = async (content: Content, attrs: Readonly<Record<string, string>>) => {
    await begin();
    const { type, ciphertext } = await signal.encryptMessage({
      jid: DEVICE,
      data: encodeWAMessage(content),
    });
    return { tag: 'enc', attrs: { v: '2', type, ...attrs }, content: ciphertext };
  };
  const toGroup = async (group: string, content: Content): Promise<readonly WireNode[]> => {
    const { ciphertext, senderKeyDistributionMessage: key } = await signal.encryptGroupMessage({
      group,
      meId: jid,
      data: encodeWAMessage(content),
    });
    const keyOfSender = {
      senderKeyDistributionMessage: { groupId: group, axolotlSenderKeyDistributionMessage: key },
    };
    return [
      await toDevice(keyOfSender, {}),
      { tag: 'enc', attrs: { v: '2', type: 'skmsg' }, content: ciphertext },
    ];
  };
  return {
    jid,
    forget: () => kept.clear(),
    async seal(content, { id, group, retry, attrs } = {}) {
      count += 1;
      const tries: Record<string, string> = retry === undefined ? {} : { count: String(retry) };
      return {
        tag: 'message',
        attrs: {
          id: id ?? `3A${String(count).padStart(18, '0')}`,
          type: 'text',
          notify: 'Dana',
          t: String(1_700_000_000 + count),
          from: group ?? jid,
          ...(group === undefined ? {} : { participant: jid }),
          ...attrs,
        },
        content:
          group === undefined ? [await toDevice(content, tries)] : await toGroup(group, content),
      };
    },
  };
}

const TRANSACTIONS = { maxCommitRetries: 1, delayBetweenTriesMs: 0 };

const silent = {
  level: 'silent',
  child: () => silent,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};

function nothing(): void {}

type KeyStore = Parameters<typeof addTransactionCapability>[0];

const memoryKeys = (kept: Map<string, unknown>): KeyStore => ({
  get: async (kind, ids) =>
    Object.fromEntries(
      ids.flatMap((id) => (kept.has(`${kind} ${id}`) ? [[id, kept.get(`${kind} ${id}`)]] : [])),
    ) as Awaited<ReturnType<KeyStore['get']>> as never,
  set: async (all) => {
    for (const [kind, values] of Object.entries(all))
      for (const [id, value] of Object.entries(values ?? {}))
        if (value === null) kept.delete(`${kind} ${id}`);
        else kept.set(`${kind} ${id}`, value);
  },
});

/** What a server answers to whoever wants to write to the device: its keys as it uploaded them, one of the many. */
function bundleOf(upload: WireNode, turn: number): WireNode {
  const parts = upload.content as readonly WireNode[];
  const list = parts.find(({ tag }) => tag === 'list')?.content as readonly WireNode[];
  const key = list[turn % list.length];
  const rest = parts.filter(({ tag }) => tag !== 'list');
  const user = { tag: 'user', attrs: { jid: DEVICE }, content: key ? [...rest, key] : rest };
  return { tag: 'iq', attrs: {}, content: [{ tag: 'list', attrs: {}, content: [user] }] };
}
