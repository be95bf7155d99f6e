import WebSocket from 'ws';
import { sleep } from '../../base/wait.ts';
import { SendError } from '../../domain/channel.ts';
import { type Answer, type CallSlack, isRecord } from './api.ts';
import type { Brought } from './brought.ts';
import type { Intake } from './intake.ts';

export interface SocketDeps {
  /** With the app's own token, `xapp-…`. */
  readonly open: CallSlack;
  readonly intake: Intake;
  /** Told that Slack proved to be there. */
  readonly heard: () => void;
}

const OPEN_MS = 15_000;
/** Slack asks several times in this whether we are there. */
const SILENT_MS = 60_000;
const LOOK_MS = 5000;

const TURNED_OFF =
  'Socket Mode is turned off for the app. Turn it on at api.slack.com/apps, under Socket Mode';

/**
 * One connection of Socket Mode, until Slack ends it, as it does every few hours, or it breaks. Each envelope
 * is acknowledged once what it holds is durable. Resolves where Slack asks for a new one; rejects with
 * SendError where it broke or nothing was heard, and with what the signal says.
 * Source: docs.slack.dev/apis/events-api/using-socket-mode.
 */
export async function follow(
  { open, intake, heard }: SocketDeps,
  signal: AbortSignal,
): Promise<void> {
  const { url } = await open('apps.connections.open', {}, within(signal, OPEN_MS));
  if (typeof url !== 'string') throw later('Slack named no address to connect to');
  const socket = new WebSocket(url, { handshakeTimeout: OPEN_MS, maxPayload: 1024 * 1024 });
  const stop = (): void => socket.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await conversation(socket, { intake, heard }, signal);
  } finally {
    signal.removeEventListener('abort', stop);
    socket.on('error', () => undefined);
    socket.terminate();
  }
}

function conversation(
  socket: WebSocket,
  { intake, heard }: Pick<SocketDeps, 'intake' | 'heard'>,
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const over = new AbortController();
  let [isSilent, isOver] = [false, false];
  const alive = (): void => {
    isSilent = false;
    heard();
  };
  const take = async (text: string): Promise<void> => {
    const frame = isOver ? undefined : parsed(text);
    if (frame?.type === 'disconnect') {
      isOver = true;
      return frame.reason === 'link_disabled' ? reject(later(TURNED_OFF)) : resolve();
    }
    if (frame?.type === 'hello') return alive();
    const brought = frame && broughtBy(frame);
    if (!frame || typeof frame.envelope_id !== 'string') return;
    const answer = brought && (await intake(brought));
    const ack = { envelope_id: frame.envelope_id, ...(answer && { payload: answer }) };
    socket.send(JSON.stringify(ack));
    alive();
  };
  let turn = Promise.resolve();
  socket.on('message', (data) => {
    // After one that failed nothing is taken here: what is not acknowledged comes again, on the next one.
    turn = turn.then(() => take(String(data)));
    turn.catch(reject);
  });
  socket.on('ping', alive);
  socket.once('error', (error) => reject(later(`the connection broke: ${error.message}`)));
  socket.once('close', () =>
    reject(signal.aborted ? signal.reason : later('the connection ended')),
  );
  void watchSilence(over.signal, () => {
    if (isSilent) reject(later('nothing was heard for a minute'));
    isSilent = true;
  });
  return promise.finally(() => over.abort());
}

/** Calls `look` so that what is silent twice was so for a minute. Ends with the signal. */
async function watchSilence(signal: AbortSignal, look: () => void): Promise<void> {
  while (!signal.aborted) {
    await sleep(SILENT_MS - LOOK_MS, signal).catch(() => undefined);
    if (!signal.aborted) look();
  }
}

function broughtBy({ type, payload }: Answer): Brought | undefined {
  if (!isRecord(payload)) return undefined;
  if (type === 'events_api') return { kind: 'event', payload };
  if (type === 'interactive') return { kind: 'interaction', payload };
  if (type !== 'slash_commands') return undefined;
  const texts = Object.entries(payload).filter(([, value]) => typeof value === 'string');
  return { kind: 'command', form: new URLSearchParams(texts as [string, string][]) };
}

function parsed(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const within = (signal: AbortSignal, ms: number): AbortSignal =>
  AbortSignal.any([signal, AbortSignal.timeout(ms)]);

const later = (reason: string): SendError => new SendError({ kind: 'later', reason });
