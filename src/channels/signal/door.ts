import type { Events } from './events-stream.ts';
import { openHttpWire } from './http-wire.ts';
import { openSocketWire } from './socket-wire.ts';
import type { Take, Wire } from './wire.ts';

/** Where signal-cli listens: one of three. */
export type Door =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'http'; readonly root: string };

/** Where signal-cli listens by itself. Source: signal-cli(1). */
const USUAL: Door = { kind: 'tcp', host: '127.0.0.1', port: 7583 };

/** The door that the settings name. */
export function doorIn(settings: {
  readonly socket?: string | undefined;
  readonly tcp?: string | undefined;
  readonly http?: string | undefined;
}): Door {
  const { socket, tcp, http } = settings;
  if (socket !== undefined) return { kind: 'socket', path: socket };
  if (http !== undefined) return { kind: 'http', root: http };
  const [, host, port] = /^\[?([^\]]+)\]?:(\d+)$/.exec(tcp ?? '') ?? [];
  return host === undefined ? USUAL : { kind: 'tcp', host, port: Number(port) };
}

/** Throws WireError where nothing listens; over HTTP that shows at the first call. */
export async function openWire(
  door: Door,
  { events, take }: { readonly events: Events; readonly take: Take },
  signal: AbortSignal,
): Promise<Wire> {
  if (door.kind === 'http') return openHttpWire(door.root, events, take);
  const where = door.kind === 'socket' ? { path: door.path } : { host: door.host, port: door.port };
  return openSocketWire(where, take, signal);
}

/** The door in words: `127.0.0.1:7583`. */
export function doorText(door: Door): string {
  if (door.kind === 'socket') return door.path;
  return door.kind === 'tcp' ? `${door.host}:${door.port}` : door.root;
}

/** The command that starts it. Without `-a` it has every account, and can link more. */
export function startCommand(door: Door): string {
  const where = door.kind === 'http' ? new URL(door.root).host : doorText(door);
  return `signal-cli daemon --${door.kind}=${where} --receive-mode=manual`;
}
