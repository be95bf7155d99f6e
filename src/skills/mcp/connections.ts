import { digestOf } from '../../base/digest.ts';
import { AtomError, asAtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { JailSpec, LaunchResult } from '../../domain/jail.ts';
import type { McpServer } from '../../domain/mcp.ts';
import type { McpSession } from './session.ts';

/** A server, and the jail that it works in where it is a program. */
export interface Placed {
  readonly server: McpServer;
  readonly jail: JailSpec | undefined;
}

/** The conversations that are open: one a server, begun with its first use. */
export interface Connections {
  /**
   * Does something with a conversation. One with a server that may write is of this use alone: while it
   * goes on, no command can work in that folder; and so is one that is to be `alone`. Throws AtomError
   * `unavailable` for one that ended by itself again and again.
   */
  use<T>(
    placed: Placed & { readonly alone?: boolean },
    work: (session: McpSession) => Promise<T>,
    signal: AbortSignal,
  ): Promise<Used<T>>;
  isOpen(server: string): boolean;
  /** Ends one, so that the next use begins anew; what it did before is forgotten. */
  end(server: string): Promise<void>;
  /** Ends all of them. */
  endAll(): Promise<void>;
}

/** What came of it, and how the program ended where it was of this use alone. */
export interface Used<T> {
  readonly value: T;
  readonly ended?: LaunchResult | undefined;
}

export interface ConnectionDeps {
  open(placed: Placed, signal: AbortSignal): Promise<McpSession>;
  /** Steady milliseconds. */
  now(): number;
  /** Without a use; 10 minutes. */
  readonly idleMs?: number;
}

interface Kept {
  /** What it was opened for: other settings need another. */
  readonly key: string;
  readonly session: Promise<McpSession>;
  users: number;
  idle?: NodeJS.Timeout;
}

const IDLE_MS = 10 * 60_000;
/** So many ends of its own within so long, and it is left alone. */
const MOST_ENDS = 3;
const ENDS_MS = 10 * 60_000;
const OPEN_MS = 60_000;

export function createConnections(deps: ConnectionDeps): Connections {
  const { open, now, idleMs = IDLE_MS } = deps;
  const all = new Map<string, Kept>();
  const ends = new Map<string, number[]>();
  const drop = async (name: string, kept: Kept): Promise<void> => {
    if (all.get(name) === kept) all.delete(name);
    clearTimeout(kept.idle);
    const session = await kept.session.catch(() => undefined);
    await session?.end();
  };
  const noteEnd = (name: string): void => {
    ends.set(name, [...recent(name), now()]);
  };
  const recent = (name: string): number[] =>
    (ends.get(name) ?? []).filter((at) => now() - at < ENDS_MS);
  const refuseRestless = (name: string): void => {
    if (recent(name).length < MOST_ENDS) return;
    throw new AtomError('unavailable', `${name} ended by itself ${MOST_ENDS} times in a row.`, {
      next: [`Find out why; after that it is tried again:   atom mcp test ${name}`],
    });
  };
  const opened = async (placed: Placed, signal: AbortSignal): Promise<McpSession> => {
    const { name } = placed.server;
    refuseRestless(name);
    try {
      return await open(placed, signal);
    } catch (thrown) {
      // A secret that is missing is nothing that it did.
      if (!signal.aborted && asAtomError(thrown).code === 'failed') noteEnd(name);
      throw thrown;
    }
  };
  const keptFor = async (placed: Placed): Promise<Kept> => {
    const { name } = placed.server;
    const key = keyOf(placed);
    const found = all.get(name);
    const session = await found?.session.catch(() => undefined);
    if (found && session && found.key === key && !session.isOver()) return found;
    if (found && all.get(name) === found) {
      if (session?.failed()) noteEnd(name);
      await drop(name, found);
    }
    const other = all.get(name);
    // Somebody else was faster.
    if (other) return keptFor(placed);
    // Not by the signal of whoever comes first: others may wait for the same one.
    const begun = opened(placed, AbortSignal.timeout(OPEN_MS));
    begun.catch(() => undefined);
    const kept: Kept = { key, session: begun, users: 0 };
    all.set(name, kept);
    return kept;
  };
  const shared: Connections['use'] = async (placed, work, signal) => {
    const { name } = placed.server;
    const kept = await keptFor(placed);
    kept.users += 1;
    clearTimeout(kept.idle);
    try {
      const session = await kept.session;
      signal.throwIfAborted();
      return { value: await work(session) };
    } catch (thrown) {
      const session = await kept.session.catch(() => undefined);
      if (!session) await drop(name, kept);
      throw thrown;
    } finally {
      kept.users -= 1;
      if (kept.users === 0 && all.get(name) === kept)
        kept.idle = setTimeout(() => void drop(name, kept), idleMs).unref();
    }
  };
  const alone: Connections['use'] = async (placed, work, signal) => {
    const session = await opened(placed, signal);
    let value: Awaited<ReturnType<typeof work>>;
    try {
      value = await work(session);
    } finally {
      await session.end();
    }
    return { value, ended: session.result() };
  };
  return {
    use: (placed, work, signal) =>
      (placed.alone || placed.jail?.mode === 'read-write' ? alone : shared)(placed, work, signal),
    isOpen: (name) => all.has(name),
    end: async (name) => {
      ends.delete(name);
      const kept = all.get(name);
      if (kept) await drop(name, kept);
    },
    endAll: async () => {
      await Promise.all([...all].map(([name, kept]) => drop(name, kept)));
    },
  };
}

const keyOf = ({ server, jail }: Placed): string =>
  digestOf([server, jail ?? null] as unknown as Json);
