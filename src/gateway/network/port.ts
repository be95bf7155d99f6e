import { backoff } from '../../base/backoff.ts';
import { type AtomError, asAtomError } from '../../base/errors.ts';
import type { NetworkStatus } from '../../protocol/status.ts';
import type { Server } from './http.ts';

export interface PortDeps {
  /** Whether there is anybody to listen for. */
  needed(): boolean | Promise<boolean>;
  open(): Promise<Server>;
  /** How it is called, by its number. */
  urlOf(port: number): string;
  onOpen(url: string): void;
  onShut(): void;
  /** Told once for all tries in a row that failed. */
  onFailed(error: AtomError): void;
}

/** A port that is open only as long as it is needed. */
export interface Port {
  status(): NetworkStatus;
  /** Looks again whether it is needed; resolves once it is open, closed, or cannot be opened. */
  settle(): Promise<NetworkStatus>;
  close(): Promise<void>;
}

const RETRY = { firstMs: 2000, capMs: 60_000 };

/** Where it cannot be opened, it is tried again. */
export function createPort(deps: PortDeps): Port {
  let server: Server | undefined;
  let failed: AtomError | undefined;
  let tries = 0;
  let timer: NodeJS.Timeout | undefined;
  let over = false;

  const status = (): NetworkStatus => {
    if (server) return { state: 'listening', url: deps.urlOf(server.port) };
    if (failed) return { state: 'failed', reason: failed.message, next: failed.next };
    return { state: 'off' };
  };
  const open = async (): Promise<void> => {
    server = await deps.open();
    failed = undefined;
    tries = 0;
    deps.onOpen(deps.urlOf(server.port));
  };
  const shut = async (): Promise<void> => {
    const closing = server;
    [server, failed] = [undefined, undefined];
    if (!closing) return;
    await closing.close();
    if (!over) deps.onShut();
  };
  const fail = (error: unknown): void => {
    const first = failed === undefined;
    failed = asAtomError(error);
    tries += 1;
    if (first) deps.onFailed(failed);
    timer = setTimeout(() => settle(), backoff(RETRY, tries)).unref();
  };
  const look = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      const needed = !over && (await deps.needed());
      if (!needed) await shut();
      else if (!server) await open();
    } catch (error) {
      fail(error);
    }
  };
  // One look after the other: two at once would open the port twice.
  let looking: Promise<void> = Promise.resolve();
  const settle = async (): Promise<NetworkStatus> => {
    looking = looking.then(look);
    await looking;
    return status();
  };
  return {
    status,
    settle,
    close: async () => {
      over = true;
      await settle();
    },
  };
}
