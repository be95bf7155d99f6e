import type { Json } from '../base/json.ts';
import type { CircuitState } from '../domain/circuit.ts';
import type { BridgeError } from './errors.ts';

/**
 * `reconnecting`: the connection is gone, or never came to be, and is tried again until it stands.
 * `failed`: trying again would not help (`authentication`, an address that is none); `connect` may be
 * called again once that is mended.
 */
export type BridgeState = 'disconnected' | 'connecting' | 'connected' | 'reconnecting' | 'failed';

/**
 * What a program wants to remember about a message: JSON, at most 16 KiB. It stays on this side, beside the
 * message, and comes back with what is told about it.
 */
export type Metadata = { readonly [key: string]: Json };

/**
 * What became of a message. `sent`: the gateway wrote it down and will not lose it. `queued`: it is kept
 * here and goes out in its turn. `failed`: it was not taken, and `error` says why.
 */
export interface SendResult {
  readonly status: 'sent' | 'queued' | 'failed';
  /** Names the message in the events `sent`, `delivered` and `failed`; a repeat under it is one message. */
  readonly messageId: string;
  /** When `sendToAgent` was called, milliseconds since 1970. */
  readonly timestamp: number;
  readonly sessionKey: string;
  /** With `failed` only. */
  readonly error?: BridgeError;
}

/** How the turn that answered a message ended. */
export type TurnResult = 'replied' | 'declined' | 'blocked' | 'failed' | 'stopped';

/** Which message something is told about. */
interface AboutMessage {
  readonly messageId: string;
  readonly sessionKey: string;
  /** As it was given to `sendToAgent`. */
  readonly metadata?: Metadata;
}

export interface BridgeEvents {
  /** `error` says why, where something went wrong. */
  readonly state: {
    readonly state: BridgeState;
    readonly was: BridgeState;
    readonly error?: BridgeError;
  };
  /** The gateway took a message, whether at once or from the queue. */
  readonly sent: AboutMessage;
  /** The agent has dealt with a message: the turn that answers it ended. */
  readonly delivered: AboutMessage & { readonly result: TurnResult };
  /** A message that had been `queued` was refused and is not kept any more. */
  readonly failed: AboutMessage & { readonly error: BridgeError };
  /**
   * The agent said something. `inReplyTo` is the `messageId` where it answers what this bridge sent, else the
   * gateway's own name for it.
   */
  readonly message: {
    readonly id: string;
    readonly sessionKey: string;
    readonly text: string;
    readonly inReplyTo?: string;
    /** Milliseconds since 1970. */
    readonly at: number;
  };
  /** Events were missed and are not kept any more: ask for what matters anew. */
  readonly gap: { readonly missed: 'some' };
  /** Whatever the gateway tells, as it tells it; of atom, a `GatewayEvent`. */
  readonly event: { readonly [key: string]: unknown };
}

export type BridgeEventName = keyof BridgeEvents;

/** Counts since the bridge was made. */
export interface BridgeMetrics {
  /** Connections that came to stand. */
  readonly connections: number;
  /** Tries to connect, with those that failed. */
  readonly attempts: number;
  /** Connections after the first. */
  readonly reconnects: number;
  readonly sent: number;
  readonly failed: number;
  /** Tries to send after the first of a message. */
  readonly retried: number;
  /** Times that a message went to the queue. */
  readonly queued: number;
  /** Messages that wait now, and their bytes. */
  readonly queueDepth: number;
  readonly queueBytes: number;
  readonly breakerTrips: number;
  readonly breaker: CircuitState['state'];
  /** From the try to the gateway's confirmation, milliseconds; zeros before the first. */
  readonly latencyMs: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
    readonly max: number;
  };
}

/** A program's line to the agents of one gateway. */
export interface Bridge {
  /**
   * Resolves once the bridge is connected. Rejects with ConnectionError after one try and the retries
   * (3 unless told), or at once where trying again cannot help. After `network` and `timeout` it goes on
   * trying in the background, with `state` `reconnecting`, until `close`.
   */
  connect(): Promise<void>;
  /**
   * Says something to the agent of a session, and resolves with what became of it. Rejects only for what
   * could never be sent: SessionError `invalid-key`, SendError `rejected` for malformed content, and
   * ConnectionError once `close` was called.
   */
  sendToAgent(sessionKey: string, message: string, metadata?: Metadata): Promise<SendResult>;
  /** Calls `listener` with each event of that name, in order; returns how to stop. */
  on<E extends BridgeEventName>(event: E, listener: (about: BridgeEvents[E]) => void): () => void;
  readonly isConnected: boolean;
  readonly state: BridgeState;
  metrics(): BridgeMetrics;
  /** Ends the connection. What is queued stays in its folder for the next bridge. Harmless twice. */
  close(): Promise<void>;
}
