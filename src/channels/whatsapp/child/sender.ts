import type { News, Order } from '../frames.ts';
import type { Baileys, Socket } from './baileys.ts';
import { mediaContent } from './media-content.ts';
import type { Votes } from './votes.ts';

export interface SenderDeps {
  readonly socket: Socket;
  readonly library: Baileys;
  readonly votes: Pick<Votes, 'secretOf'>;
  /** The account's own JID. */
  readonly me: () => string | undefined;
  /** Who is in which group, as far as it was asked for. */
  readonly groups: Map<string, unknown>;
  tell(news: News): void;
}

/** How long WhatsApp may take to say that it has a message. */
const ACK_MS = 15_000;

type Send = Extract<Order, { do: 'send' }>;
type Ask = Extract<Order, { do: 'poll' }>;

/** Does what the parent says; what is nice to have may fail without a word. */
export function createSender(deps: SenderDeps): (order: Order) => void {
  const { socket, tell } = deps;
  return (order) => {
    switch (order.do) {
      case 'send':
        return void send(deps, order, () => relay(deps, order));
      case 'poll':
        return void send(deps, order, () => ask(deps, order));
      case 'uploads':
        return void socket.refreshMediaConn(false).then(
          ({ auth, hosts: [first] }) =>
            tell({ news: 'uploads', call: order.call, auth, host: first?.hostname ?? '' }),
          (error: unknown) =>
            tell({ news: 'unsent', call: order.call, kind: 'later', reason: wordsOf(error) }),
        );
      case 'typing':
        return tried(socket.sendPresenceUpdate('composing', order.to));
      case 'read':
        return tried(socket.readMessages([order.of]));
      case 'react':
        return tried(
          socket.sendMessage(order.of.remoteJid, { react: { text: order.sign, key: order.of } }),
        );
      case 'log-out':
        return tried(socket.logout());
      case 'close':
        return void socket.end();
    }
  };
}

function tried(work: Promise<unknown>): void {
  work.catch(() => undefined);
}

async function send(
  deps: SenderDeps,
  order: Send | Ask,
  begin: () => Promise<unknown>,
): Promise<void> {
  const { socket, tell } = deps;
  const { call } = order;
  try {
    if (order.to.endsWith('@g.us')) await learnGroup(deps, order.to);
  } catch (error) {
    // Nothing was sent so far.
    return tell({ news: 'unsent', call, kind: 'later', reason: wordsOf(error) });
  }
  try {
    const acknowledged = socket.waitForMessage(order.id, ACK_MS);
    const [answer] = await Promise.all([acknowledged, begin()]);
    if (answer === undefined)
      return tell({ news: 'unsent', call, kind: 'unknown', reason: 'WhatsApp did not confirm it' });
    const { error } = answer.attrs;
    if (error !== undefined)
      return tell({
        news: 'unsent',
        call,
        kind: 'refused',
        reason: `WhatsApp refused it (${error})`,
      });
    tell({ news: 'sent', call });
  } catch (error) {
    tell({ news: 'unsent', call, kind: 'unknown', reason: wordsOf(error) });
  }
}

function relay(
  { socket, library, me }: SenderDeps,
  { to, id, text, edits, quote, media }: Send,
): Promise<unknown> {
  // A preview would be fetched from wherever the text says.
  const content = { text, linkPreview: null };
  if (edits !== undefined) {
    const edit = { remoteJid: to, id: edits, fromMe: true };
    return socket.sendMessage(to, { ...content, edit }, { messageId: id });
  }
  const quoted = quote && { key: quote.key, message: { conversation: quote.text } };
  if (media) {
    const options = { userJid: me(), messageId: id, ...(quoted ? { quoted } : {}) };
    const { message } = library.generateWAMessageFromContent(
      to,
      mediaContent(media, text),
      options,
    );
    return socket.relayMessage(to, message, { messageId: id });
  }
  return socket.sendMessage(to, content, { messageId: id, ...(quoted ? { quoted } : {}) });
}

function ask(
  { socket, votes }: SenderDeps,
  { to, id, name, options: values }: Ask,
): Promise<unknown> {
  const poll = { name, values, selectableCount: 1, messageSecret: votes.secretOf(id) };
  return socket.sendMessage(to, { poll }, { messageId: id });
}

async function learnGroup({ socket, groups }: SenderDeps, jid: string): Promise<void> {
  if (!groups.has(jid)) groups.set(jid, await socket.groupMetadata(jid));
}

const wordsOf = (error: unknown): string =>
  (error instanceof Error ? error.message : 'it failed').slice(0, 200);
