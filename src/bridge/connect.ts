import { PROTOCOL } from '../protocol/limits.ts';
import { converse } from './conversation.ts';
import { createEvents } from './events.ts';
import type { Gateway } from './gateway.ts';
import { openSocket } from './socket.ts';
import { socketWire } from './wire.ts';

export interface ConnectOptions {
  readonly socketPath: string;
  readonly client: 'ui' | 'cli';
  /** True to be told what happens. */
  readonly events: boolean;
  /** Gives up connecting; an open connection is ended with `close`. */
  readonly signal?: AbortSignal;
}

/**
 * Connects to the gateway that runs behind a Unix socket. Throws AtomError `not-running` where none
 * does, and the gateway's own refusal where it speaks another protocol.
 */
export async function connectGateway(options: ConnectOptions): Promise<Gateway> {
  const { client, events: wanted, signal } = options;
  const wire = socketWire(await openSocket(options.socketPath, signal));
  const events = createEvents();
  const { request, closed, close } = converse(wire, events.emit);
  try {
    const greeting = { protocol: PROTOCOL, client, events: wanted };
    const hello = await request('connect', greeting, signal ? { signal } : {});
    return { hello, request, on: events.on, closed, close };
  } catch (refused) {
    close();
    throw refused;
  }
}
