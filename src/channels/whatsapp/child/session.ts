import type { ChildSettings, News, Order } from '../frames.ts';
import type { AskAnswer, Asking } from './ask.ts';
import { openAuth } from './auth.ts';
import { type ConnectionUpdate, loadBaileys, type Socket } from './baileys.ts';
import { createHandOver } from './hand-over.ts';
import { createSender } from './sender.ts';
import { createVotes } from './votes.ts';

export interface SessionDeps {
  readonly settings: ChildSettings;
  readonly ask: Asking;
  tell(news: News): void;
}

/** One connection to WhatsApp, from its beginning to its end. */
export interface Session {
  obey(order: Order): void;
}

/** What a connection that ended without saying why counts as: WhatsApp's 428, connection closed. */
const CLOSED = 428;
const CONNECT_MS = 20_000;

/** Baileys logs whole key objects: nobody hears it. */
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

/** Connects. How it goes, and that it ended, is told. */
export async function openSession({ settings, ask, tell }: SessionDeps): Promise<Session> {
  const library = await loadBaileys(settings.library);
  const auth = openAuth(library, ask);
  const votes = createVotes(library, auth.creds);
  const handOver = createHandOver(
    library,
    votes,
    (message) => void ask({ ask: 'message', message }),
  );
  const groups = new Map<string, unknown>();
  const socket = library.makeWASocket({
    auth,
    logger: silent,
    browser: browserOf(settings),
    connectTimeoutMs: CONNECT_MS,
    ...(settings.url === undefined ? {} : { waWebSocketUrl: settings.url }),
    markOnlineOnConnect: false,
    syncFullHistory: false,
    emitOwnEvents: false,
    shouldSyncHistoryMessage: () => false,
    cachedGroupMetadata: async (jid: string) => groups.get(jid),
    getMessage: async ({ id }: { readonly id: string }) => sentText(ask({ ask: 'sent', id })),
    makeSignalRepository: handOver.makeSignalRepository,
    // What could not be kept ends this process; there is no second try in it.
    transactionOpts: { maxCommitRetries: 1, delayBetweenTriesMs: 0 },
  });
  socket.ev.on('creds.update', auth.keepCreds);
  socket.ws.on('CB:message', (node) => handOver.expect(node, auth.creds.me));
  socket.ev.on('messages.upsert', ({ messages, type }) => {
    for (const message of messages) handOver.take(message, type === 'append');
  });
  for (const changed of ['groups.update', 'group-participants.update'] as const)
    socket.ev.on(changed, () => groups.clear());
  socket.ev.on('connection.update', (update) => {
    follow({ socket, settings, tell, me: () => auth.creds.me }, update);
  });
  return {
    obey: createSender({ socket, library, votes, groups, tell, me: () => auth.creds.me?.id }),
  };
}

interface Followed {
  readonly socket: Socket;
  readonly settings: ChildSettings;
  readonly tell: SessionDeps['tell'];
  readonly me: () => { readonly id: string; readonly lid?: string } | undefined;
}

function follow({ socket, settings, tell, me }: Followed, update: ConnectionUpdate): void {
  const { connection, qr, lastDisconnect } = update;
  if (qr !== undefined && settings.phone === undefined) tell({ news: 'qr', text: qr });
  if (qr !== undefined && settings.phone !== undefined) askForCode(socket, settings.phone, tell);
  if (connection === 'open') {
    const { id = '', lid } = me() ?? {};
    tell({ news: 'open', me: { id, ...(lid ? { lid } : {}) } });
  }
  if (connection === 'close') tell({ news: 'closed', ...endOf(lastDisconnect?.error) });
}

/** A code stays good while the server changes its QR codes: it is asked for once. */
const asked = new WeakSet<Socket>();

function askForCode(socket: Socket, phone: string, tell: SessionDeps['tell']): void {
  if (asked.has(socket)) return;
  asked.add(socket);
  socket.requestPairingCode(phone).then(
    (text) => tell({ news: 'code', text }),
    (error: unknown) => void socket.end(error instanceof Error ? error : undefined),
  );
}

function endOf(error: unknown): { readonly code: number; readonly words: string } {
  const { output, message = '' } = (error ?? {}) as {
    readonly output?: { readonly statusCode?: number };
    readonly message?: string;
  };
  return { code: output?.statusCode ?? CLOSED, words: message.slice(0, 200) };
}

/** WhatsApp takes a code to type only from what it knows as a browser. */
const browserOf = ({ name, phone }: ChildSettings): readonly [string, string, string] =>
  phone === undefined ? [name, 'Desktop', '1.0'] : ['Ubuntu', 'Chrome', '22.04.4'];

const sentText = ({ text }: AskAnswer): { readonly conversation: string } | undefined =>
  text === undefined ? undefined : { conversation: text };
