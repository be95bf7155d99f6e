/** How long something took, since the gateway started. Milliseconds; a quantile is right to a hundredth of itself. */
export interface Latency {
  readonly count: number;
  readonly sumMs: number;
  /** Absent until something was measured. */
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly p99Ms?: number;
}

/** How one try to send a message ended. `retried` and `uncertain` are tried again. */
export const sendOutcomes = ['sent', 'failed', 'retried', 'uncertain', 'expired'] as const;
export type SendOutcome = (typeof sendOutcomes)[number];

/** What a channel did since the gateway started. */
export interface ChannelCounts {
  readonly channel: string;
  /** Tries to reach the platform that began a connection, the first one too. */
  readonly attempts: number;
  /** How often it worked again after it had not. */
  readonly reconnects: number;
  readonly received: number;
  readonly outcomes: Readonly<Record<SendOutcome, number>>;
  /** From taking a message in to having sent its answer. */
  readonly reply: Latency;
  /** One call of the platform. */
  readonly send: Latency;
}

/** How a request of a platform was answered: `refused` where it was no good, `failed` where we could not. */
export const hookOutcomes = ['taken', 'refused', 'failed'] as const;
export type HookOutcome = (typeof hookOutcomes)[number];

/** The requests of a channel's platform since the gateway started. */
export interface HookCounts {
  readonly channel: string;
  readonly outcomes: Readonly<Record<HookOutcome, number>>;
  /** From the first word of one to its answer. */
  readonly answer: Latency;
}

/** Who speaks to the gateway; `unknown` until it said so. */
export type ClientKind = 'ui' | 'cli' | 'device' | 'bridge' | 'unknown';

/** What clients of one kind did since the gateway started. */
export interface ClientCounts {
  readonly client: ClientKind;
  readonly opened: number;
  readonly closed: number;
  readonly refused: number;
  /** Of those opened, how many went on from an earlier connection. */
  readonly resumed: number;
  readonly answered: number;
  readonly failed: number;
  readonly request: Latency;
}

/** What this run of the gateway counted. Names of channels, providers and kinds of clients only: nobody's ids or words. */
export interface LiveStats {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly channels: readonly ChannelCounts[];
  readonly clients: readonly ClientCounts[];
  readonly hooks: readonly HookCounts[];
  /** How often a circuit opened, by its name: `channel:telegram`, `model:anthropic`. */
  readonly trips: readonly { readonly circuit: string; readonly count: number }[];
}
