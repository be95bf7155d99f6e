import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Door } from '../../../src/channels/signal/door.ts';
import { type Asked, DANA, envelopeOf, OWN, type Refusal, type SignalWriter } from './frames.ts';
import { answersOf, type Played, type SignalCliOptions } from './methods.ts';

/** signal-cli's daemon with `--receive-mode=manual`, played from its public man pages. */
export interface SignalCliPeer {
  readonly door: Door;
  /** Everything that was asked, oldest first. */
  readonly asked: readonly Asked[];
  /** How often somebody connected. */
  readonly connections: () => number;
  inject(text: string, from?: SignalWriter): Promise<void>;
  /** Puts an envelope where it waits for a subscriber. */
  deliver(envelope: object): void;
  /** Writes this to everybody who is connected. */
  raw(line: string): void;
  /** How the next `send` ends: refused, answered so, or with the connection lost before its answer. */
  onSend(ending: Refusal | { readonly result: object } | 'lose' | 'slow'): void;
  /** Ends a `send` that was slow; until then nothing else of that connection is answered. */
  release(): void;
  /** Takes the phone's part in a link that was started. */
  scan(): void;
  /** The code that was given last becomes too old. */
  expire(): void;
  /** From now on nothing is answered and nothing arrives; connections stay. */
  hang(): void;
  /** As `kill -9`: connections break where they are. What nobody has read waits for the next start. */
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

export async function startSignalCli(options: SignalCliOptions = {}): Promise<SignalCliPeer> {
  const folder = mkdtempSync(join(tmpdir(), 'atom-signal-'));
  const path = join(folder, 'socket');
  const played: Played = { waiting: [], asked: [], files: options.files ?? {} };
  const mode = { hangs: false };
  let clock = options.now ?? 1_700_000_000_000;
  let connections = 0;
  let server: Server | undefined;
  let port = options.port ?? 0;
  const unwritten = new Set<object>();
  const subscribed = options.manual !== false;
  const sockets = new Map<Socket, number | undefined>();
  const answers = answersOf(played, options, () => ++clock);
  const write = (socket: Socket, subscription: number, envelope: object): void => {
    const result = { envelope, account: options.accounts?.[0] ?? OWN };
    const params = subscribed ? { subscription, result } : result;
    const line = JSON.stringify({ jsonrpc: '2.0', method: 'receive', params });
    // It forgets a message once it has written it, and not before.
    unwritten.add(envelope);
    socket.write(`${line}\n`, (error) => {
      if (!error) unwritten.delete(envelope);
    });
  };
  const hand = (): void => {
    if (mode.hangs) return;
    const [to] = [...sockets].filter(([socket, one]) => one !== undefined && socket.writable);
    if (!to) return;
    for (const envelope of played.waiting.splice(0)) write(to[0], to[1] ?? 0, envelope);
  };
  const answer = async (socket: Socket, line: string): Promise<void> => {
    const asked = JSON.parse(line) as Asked;
    if (mode.hangs) return;
    const reply = await answers(asked);
    if (reply === 'lose') return void socket.destroy();
    socket.write(`${JSON.stringify({ jsonrpc: '2.0', ...reply, id: asked.id })}\n`);
    if ('error' in reply) return;
    if (asked.method === 'subscribeReceive') sockets.set(socket, Number(reply.result));
    if (asked.method === 'unsubscribeReceive') sockets.set(socket, undefined);
    hand();
  };
  const serve = (socket: Socket): void => {
    connections += 1;
    sockets.set(socket, subscribed ? undefined : 0);
    let rest = '';
    let turn = Promise.resolve();
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      const lines = `${rest}${chunk}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines)
        turn = turn.then(() => answer(socket, line)).catch(() => void socket.destroy());
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => void sockets.delete(socket));
  };
  const start = async (): Promise<void> => {
    mode.hangs = false;
    const made = createServer(serve);
    server = made;
    await new Promise<void>((listening, failed) => {
      made.once('error', failed);
      if (options.socket) made.listen(path, listening);
      else made.listen(port, '127.0.0.1', listening);
    });
    const address = made.address();
    if (address && typeof address === 'object') port = address.port;
  };
  const kill = async (): Promise<void> => {
    const closed = new Promise((done) => (server ? server.close(done) : done(undefined)));
    for (const socket of sockets.keys()) socket.destroy();
    await closed;
    played.waiting.unshift(...unwritten);
    unwritten.clear();
    server = undefined;
  };
  await start();
  return {
    door: options.socket ? { kind: 'socket', path } : { kind: 'tcp', host: '127.0.0.1', port },
    asked: played.asked,
    connections: () => connections,
    async inject(text, from = DANA) {
      clock += 1;
      played.waiting.push(envelopeOf(from, clock, { message: text }));
      hand();
    },
    deliver(envelope) {
      played.waiting.push(envelope);
      hand();
    },
    raw(line) {
      for (const socket of sockets.keys()) socket.write(`${line}\n`);
    },
    onSend(ending) {
      played.ending = ending;
    },
    release: () => played.slow?.resolve(),
    scan: () => played.linked?.resolve(true),
    expire: () => played.linked?.resolve(false),
    hang() {
      mode.hangs = true;
    },
    kill,
    start,
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
