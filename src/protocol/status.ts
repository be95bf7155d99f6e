import type { Agent, Maturity } from '../domain/agent.ts';
import type { Card } from '../domain/card.ts';
import type { ChannelHealth } from '../domain/channel.ts';
import type { CircuitState } from '../domain/circuit.ts';
import type { Halted } from '../domain/halt.ts';
import type { JailSpec, JailStatus } from '../domain/jail.ts';
import type { FactorStatus } from '../domain/second-factor.ts';

export interface ChannelStatus {
  readonly name: string;
  readonly label: string;
  readonly transport: string;
  readonly health: ChannelHealth;
  readonly lastInboundAt?: number;
  /** When the platform last answered, whatever it said: what its health really is. */
  readonly provedAt?: number;
  /** True where that is longer ago than it can be while somebody is there. */
  readonly silent?: true;
}

/** Somebody who failed again and again and is left alone: `channel:telegram`, `model:anthropic`. */
export type CircuitStatus = { readonly name: string } & CircuitState;

/** What the agents used in the last 24 hours. Money in units of the currency. */
export interface UsageStatus {
  readonly actions: number;
  readonly commands: number;
  readonly money: number;
  readonly moneyPerDay: number;
  readonly currency: string;
  /** Of models, asked and answered together. */
  readonly tokens: number;
  readonly tokensPerDay: number;
}

/** How long the record is, and how much of it is signed: since when, and by the key of which id. */
export interface RecordStatus {
  readonly entries: number;
  readonly signed: number;
  readonly signedAt?: number;
  readonly key?: string;
}

/** A port that is open only while somebody needs it: that for devices and programs, and that for webhooks. */
export type NetworkStatus =
  | { readonly state: 'off' }
  | { readonly state: 'listening'; readonly url: string }
  | { readonly state: 'failed'; readonly reason: string; readonly next: readonly string[] };

export interface Status {
  readonly profile: string;
  readonly version: string;
  readonly pid: number;
  readonly startedAt: number;
  readonly stopping: boolean;
  /** What holds everything up, where something does. */
  readonly halted?: Halted;
  readonly usage: UsageStatus;
  readonly socket: string;
  readonly network: NetworkStatus;
  /** Where the platforms of these channels call. */
  readonly webhooks: NetworkStatus & { readonly channels: readonly string[] };
  readonly agent: { readonly name: string; readonly maturity: Maturity; readonly model: string };
  /** All of them, that one too. */
  readonly agents: readonly Pick<Agent, 'name' | 'maturity' | 'paused'>[];
  readonly jail: JailStatus;
  readonly jails: readonly JailSpec[];
  /** Jails of the configuration that let commands do more than was agreed to. */
  readonly jailsWaiting?: readonly JailSpec[];
  readonly channels: readonly ChannelStatus[];
  /** Those that may be used, by their folders, as `skills.list` names them. */
  readonly skills: readonly { readonly name: string; readonly description: string }[];
  /** Runs that a crash cut off: they may have happened. */
  readonly doubts: number;
  readonly circuits: readonly CircuitStatus[];
  readonly spool: { readonly waiting: number; readonly dead: number; readonly oldestAt?: number };
  readonly outbox: {
    readonly waiting: number;
    readonly failed: number;
    readonly uncertain: number;
  };
  readonly approvals: readonly Card[];
  readonly secondFactor: FactorStatus;
  readonly record: RecordStatus;
  readonly running: readonly string[];
  readonly memoryBytes: number;
}
