import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { until } from '../flows/stage/until.ts';

export interface Frame {
  readonly type: string;
  readonly id?: string;
  readonly ok?: boolean;
  readonly payload?: unknown;
  readonly seq?: number;
  readonly error?: { readonly code: string; readonly message: string };
}

/** A client that writes any bytes it is told to and keeps the frames that come back. */
export async function connectTo(path: string) {
  const socket: Socket = connect(path);
  onTestFinished(() => {
    socket.destroy();
  });
  const frames: Frame[] = [];
  const state = { closed: false, rest: '' };
  socket.setEncoding('utf8');
  socket.on('data', (text) => {
    const lines = `${state.rest}${text}`.split('\n');
    state.rest = lines.pop() ?? '';
    for (const line of lines) frames.push(JSON.parse(line) as Frame);
  });
  socket.on('error', () => {
    state.closed = true;
  });
  socket.on('close', () => {
    state.closed = true;
  });
  await until('connected', () => socket.readyState === 'open' || state.closed);
  const req = (id: string, method: string, params: object = {}): string =>
    `${JSON.stringify({ type: 'req', id, method, params })}\n`;
  return {
    socket,
    frames,
    req,
    hello: (more: object = {}) =>
      req('hello', 'connect', { protocol: 1, client: 'cli', events: false, ...more }),
    write: (text: string) => socket.write(text),
    answer: (id: string) => until(`an answer to ${id}`, () => frames.find((f) => f.id === id)),
    closed: () => until('the connection is closed', () => state.closed),
    isClosed: () => state.closed,
  };
}
