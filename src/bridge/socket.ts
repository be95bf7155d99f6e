import { lstatSync } from 'node:fs';
import type { Socket } from 'node:net';
import { AtomError, asAtomError, systemCode } from '../base/errors.ts';

/** How long a gateway on this machine may take to accept a connection. */
const CONNECT_MS = 5_000;

/** Opens the gateway's socket. Throws AtomError `not-running` where nobody listens there. */
export async function openSocket(path: string, signal?: AbortSignal): Promise<Socket> {
  signal?.throwIfAborted();
  requireSocket(path);
  // Only now: whoever is told that nobody listens need not wait for all of Node's network to load.
  const { createConnection } = await import('node:net');
  return new Promise((resolve, reject) => {
    const limit = AbortSignal.any([AbortSignal.timeout(CONNECT_MS), ...(signal ? [signal] : [])]);
    if (limit.aborted) return reject(limit.reason);
    const socket = createConnection({ path });
    const fail = (reason: unknown): void => {
      limit.removeEventListener('abort', aborted);
      socket.destroy();
      reject(reason);
    };
    const aborted = (): void => fail(signal?.aborted ? signal.reason : unreachable(path));
    limit.addEventListener('abort', aborted, { once: true });
    socket.once('error', (error) => fail(whyNot(path, error)));
    socket.once('connect', () => {
      limit.removeEventListener('abort', aborted);
      socket.removeAllListeners('error');
      resolve(socket);
    });
  });
}

function requireSocket(path: string): void {
  try {
    lstatSync(path);
  } catch (error) {
    throw whyNot(path, error);
  }
}

const NOBODY = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK']);

const whyNot = (path: string, error: unknown): AtomError =>
  NOBODY.has(systemCode(error) ?? '')
    ? new AtomError('not-running', 'The gateway is not running.', {
        cause: error,
        next: ['Start it:   atom start'],
      })
    : new AtomError(
        'failed',
        `Cannot reach the gateway at ${path}: ${asAtomError(error).message}`,
        {
          cause: error,
          next: ['Look what is wrong with it:   atom doctor'],
        },
      );

const unreachable = (path: string): AtomError =>
  new AtomError('not-running', `Nobody answered at ${path} within ${CONNECT_MS / 1000} s.`, {
    next: ['Start it:   atom start'],
  });
