import type { LaunchRequest, LaunchResult } from '../../domain/jail.ts';
import type { SkillHost } from '../runtime/host.ts';

/** A program to start in a jail, and the hosts that it may speak to. */
export interface ServerLaunch extends LaunchRequest {
  readonly speaksTo?: readonly string[];
}

/** Asks a server something over HTTP, as `fetch` does: that server and no other. */
export type ServerFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** Where servers run and how those are reached that run elsewhere. */
export interface McpHost extends Pick<SkillHost, 'status' | 'nodePath' | 'emptyFolder'> {
  launch(
    request: ServerLaunch,
    signal: AbortSignal,
    onUpdate: (part: { readonly text: string }) => void,
  ): Promise<LaunchResult>;
  fetchFrom(url: string): ServerFetch;
  /** A secret of the owner's, by its name. */
  secret(name: string): Promise<string | undefined>;
}

/** What is on the other end of a connection: a process in a jail, or a server somewhere. */
export interface Wire {
  readonly transport: WireTransport;
  /** A call begins: what it says is counted anew. */
  renew(): void;
  /** Ends it, with everything that a process of it started. Resolves once it is gone. */
  end(why: 'time' | 'stopped'): Promise<void>;
  /** Why it is over, in words; undefined while it is not, or where that is not known. */
  why(): string | undefined;
  /** How its program ended, once it has; never where it has none. */
  result(): LaunchResult | undefined;
}

/** What MCP's own library asks of a connection. */
export type WireTransport = import('@modelcontextprotocol/client').Transport;
