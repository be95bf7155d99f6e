import { z } from 'zod';
import type { Maturity } from '../domain/agent.ts';
import type { Approval } from '../domain/approval.ts';
import type { Card } from '../domain/card.ts';
import type { ChannelHealth } from '../domain/channel.ts';
import type { Halted } from '../domain/halt.ts';
import type { JailSpec, JailStatus } from '../domain/jail.ts';
import type { TranscriptEntry } from '../domain/session.ts';

const none = z.strictObject({});

/** The parameters of every method, checked at the door. What each answers is in `Answers`. */
export const params = {
  connect: z.strictObject({
    protocol: z.number().int(),
    client: z.enum(['ui', 'cli']),
    /** True for clients that want events. */
    events: z.boolean(),
  }),
  status: none,
  /** `text` for the agent, said by the owner at this terminal. `key` makes a repeat harmless. */
  'chat.send': z.strictObject({
    text: z.string().min(1),
    /** Names one of several conversations at this terminal. */
    peer: z
      .string()
      .regex(/^[a-z0-9_-]{1,64}$/i)
      .default('main'),
    key: z.string().min(1).max(64),
  }),
  'chat.history': z.strictObject({
    session: z.string(),
    limit: z.number().int().min(1).max(500).default(50),
  }),
  /** Stops the turn of a session. */
  'chat.stop': z.strictObject({ session: z.string() }),
  'approvals.list': z.strictObject({ all: z.boolean().default(false) }),
  'approvals.show': z.strictObject({ ref: z.string().min(1) }),
  'approvals.answer': z.strictObject({
    ref: z.string().min(1),
    verdict: z.enum(['approve', 'deny']),
    typed: z.boolean().default(false),
    stop: z.boolean().default(false),
  }),
  'jails.list': none,
  'jails.check': none,
  /** Reads the jails of the configuration file again. */
  'jails.reload': none,
  /** Log lines kept in memory, newest last. */
  'log.recent': z.strictObject({ limit: z.number().int().min(1).max(1000).default(200) }),
  /** Kill what runs, deny what waits, refuse everything until `resume`. */
  panic: none,
  /** Take no more messages until `resume`; what runs comes to its end. */
  pause: none,
  resume: z.strictObject({
    /** A code of the second factor. */
    code: z.string().min(1).max(64).optional(),
    /** True where a person at this terminal typed a word for it. */
    typed: z.boolean().default(false),
  }),
  /** Finish running work and stop; `force` kills what runs. */
  stop: z.strictObject({ force: z.boolean().default(false) }),
} as const;

export type Method = keyof typeof params;
/** What a caller writes (defaults may be left out). */
export type Params<M extends Method> = z.input<(typeof params)[M]>;
/** What the gateway reads (defaults filled in). */
export type ParsedParams<M extends Method> = z.output<(typeof params)[M]>;

export interface ChannelStatus {
  readonly name: string;
  readonly label: string;
  readonly transport: string;
  readonly health: ChannelHealth;
  readonly lastInboundAt?: number;
}

/** What the agents used in the last 24 hours. Money in units of the currency. */
export interface UsageStatus {
  readonly actions: number;
  readonly commands: number;
  readonly money: number;
  readonly moneyPerDay: number;
  readonly currency: string;
}

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
  readonly agent: { readonly name: string; readonly maturity: Maturity; readonly model: string };
  readonly jail: JailStatus;
  readonly jails: readonly JailSpec[];
  readonly channels: readonly ChannelStatus[];
  readonly skills: readonly { readonly name: string; readonly description: string }[];
  readonly spool: { readonly waiting: number; readonly oldestAt?: number };
  readonly outbox: {
    readonly waiting: number;
    readonly failed: number;
    readonly uncertain: number;
  };
  readonly approvals: readonly Card[];
  readonly running: readonly string[];
  readonly memoryBytes: number;
}

export interface Answers {
  readonly connect: {
    readonly protocol: number;
    readonly profile: string;
    readonly version: string;
    readonly pid: number;
    readonly startedAt: number;
  };
  readonly status: Status;
  readonly 'chat.send': {
    readonly event: string;
    readonly session: string;
    readonly duplicate: boolean;
  };
  readonly 'chat.history': { readonly entries: readonly TranscriptEntry[] };
  readonly 'chat.stop': { readonly stopped: boolean };
  readonly 'approvals.list': { readonly approvals: readonly Approval[] };
  readonly 'approvals.show': { readonly approval: Approval };
  /** `ok` false carries why, in words; nothing was decided. */
  readonly 'approvals.answer': {
    readonly ok: boolean;
    readonly message: string;
    readonly approval?: Approval;
  };
  readonly 'jails.list': { readonly jails: readonly JailSpec[]; readonly status: JailStatus };
  readonly 'jails.check': { readonly status: JailStatus };
  readonly 'jails.reload': { readonly jails: readonly JailSpec[] };
  readonly 'log.recent': { readonly lines: readonly import('../base/log.ts').LogLine[] };
  /** `denied`: codes of the questions that were open; `stopped`: sessions whose turns were. */
  readonly panic: {
    readonly halted: Halted;
    readonly denied: readonly string[];
    readonly stopped: readonly string[];
  };
  readonly pause: { readonly halted: Halted };
  /** `ok` false carries why, in words; nothing was changed. */
  readonly resume:
    | { readonly ok: true; readonly was: Halted }
    | {
        readonly ok: false;
        readonly reason: 'not-held' | 'needs-code' | 'needs-word' | 'not-here' | 'refused';
        readonly message: string;
      };
  readonly stop: { readonly running: readonly string[] };
}
