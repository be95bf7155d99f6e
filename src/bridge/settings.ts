import type { Steps } from '../base/backoff.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import type { QueueLimits } from './queue/queue.ts';

/** How a program or a paired device proves who it is. */
export type BridgeCredential =
  /**
   * Of `atom devices add`; of an OpenClaw gateway, its own token, and where it wants to know a device, the
   * seed of an Ed25519 key (32 bytes, base64url).
   */
  | { readonly kind: 'token'; readonly token: string; readonly secret?: string }
  /** A paired device of an atom gateway: its id, the key it was given, and the seed of its own Ed25519 key. */
  | {
      readonly kind: 'device';
      readonly device: string;
      readonly key: string;
      /** 32 bytes, base64url. */
      readonly secret: string;
    };

export interface BridgeOptions {
  /** `ws://…` or `wss://…` of the gateway, or `unix:/path` of a profile's socket on this machine. */
  readonly url: string;
  /** None for a Unix socket: whoever reaches it is the owner. */
  readonly credential?: BridgeCredential;
  /** Of the gateway's public key, `SHA256:…`: any other gateway is refused before a secret leaves. */
  readonly fingerprint?: string;
  /** What the gateway speaks. `auto` goes by its first frame. */
  readonly dialect?: 'atom' | 'openclaw' | 'auto';
  /** Where messages wait while there is no connection. Without it they wait in memory. */
  readonly queueFolder?: string;
  readonly tuning?: Partial<Tuning>;
}

/** Times and limits. Milliseconds. */
export interface Tuning {
  /** A connection with its handshake may take this long. */
  readonly connectTimeoutMs: number;
  /** The gateway's confirmation of a message may take this long. */
  readonly sendTimeoutMs: number;
  /** A connection on which nothing was heard for this long is asked whether it is alive. */
  readonly heartbeatMs: number;
  /** And is over where no answer comes within this. */
  readonly heartbeatTimeoutMs: number;
  /** Tries after the first, of connecting and of sending. */
  readonly retries: number;
  readonly steps: Steps;
  readonly queue: QueueLimits;
  readonly clock: Clock;
  /** Rolls from 0 to 1 for the jitter. */
  readonly dice?: () => number;
}

/** What holds unless told otherwise. */
export const TUNING: Tuning = {
  connectTimeoutMs: 10_000,
  sendTimeoutMs: 10_000,
  heartbeatMs: 15_000,
  heartbeatTimeoutMs: 10_000,
  retries: 3,
  steps: { firstMs: 1000, capMs: 30_000, jitterMs: 100 },
  queue: { messages: 1000, bytes: 16 * 1024 * 1024 },
  clock: systemClock,
};
