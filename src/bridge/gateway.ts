import type { Answers } from '../protocol/answers.ts';
import type { GatewayEvent } from '../protocol/events.ts';
import type { Method, Params } from '../protocol/methods.ts';

export interface RequestOptions {
  /** How long to wait for the answer; 30 s unless told. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Why a connection is over. `message` is one sentence for people. */
export interface Closed {
  /** `us`: close() was called. `gateway`: it hung up. `fault`: the line broke or spoke nonsense. */
  readonly by: 'us' | 'gateway' | 'fault';
  readonly message: string;
  /** True where the gateway wants nothing more to do with who asked. */
  readonly revoked?: boolean;
}

/** One open conversation with a running gateway: all that any front end has. */
export interface Gateway {
  /** What the gateway said about itself. */
  readonly hello: Answers['connect'];
  /** Rejects with the gateway's own AtomError, or `not-running` once the connection is over. */
  request<M extends Method>(
    method: M,
    params: Params<M>,
    options?: RequestOptions,
  ): Promise<Answers[M]>;
  /** Events since the connection began, in order; returns how to stop listening. */
  on(listener: (event: GatewayEvent) => void): () => void;
  /** Resolves once, never rejects. */
  readonly closed: Promise<Closed>;
  close(): void;
}
