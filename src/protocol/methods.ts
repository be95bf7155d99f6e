import { z } from 'zod';
import type { Agent, Maturity } from '../domain/agent.ts';
import type { AnswerResult, Approval } from '../domain/approval.ts';
import type { Card } from '../domain/card.ts';
import type { ChannelHealth } from '../domain/channel.ts';
import type { Halted } from '../domain/halt.ts';
import type { JailSpec, JailStatus } from '../domain/jail.ts';
import type { Rule } from '../domain/rule.ts';
import type { Confirmed, FactorCheck, FactorStatus } from '../domain/second-factor.ts';
import type { TranscriptEntry } from '../domain/session.ts';
import type { StandingApproval } from '../domain/standing-approval.ts';
import { type AgentAnswers, agentName, agentParams } from './agent-methods.ts';

const none = z.strictObject({});
const factorCode = z.string().min(1).max(64);
const lifetime = z.enum(['1h', '30d']);

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
    /** An agent to talk to in a conversation of its own; `peer` is then its name. */
    agent: agentName.optional(),
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
    /** A code of the second factor, for cards that need one. */
    code: factorCode.optional(),
    stop: z.boolean().default(false),
    /** Of several like requests on one card, only the first. */
    step: z.boolean().default(false),
    /** Which of the card's offers shall stand from now on, counted from 0; `code` where one is needed. */
    stand: z.int().min(0).optional(),
    lifetime: lifetime.default('30d'),
  }),
  /** The rules and standing approvals that hold, and whether a second factor is enrolled. */
  'rules.list': none,
  /** Reads the rules of the configuration file again; fewer or milder ones need a code, where one is enrolled. */
  'rules.reload': z.strictObject({ code: factorCode.optional() }),
  /** Gives what a card of the record offered. */
  'standing.give': z.strictObject({
    ref: z.string().min(1),
    offer: z.int().min(0).default(0),
    lifetime: lifetime.default('30d'),
    code: factorCode.optional(),
  }),
  'standing.revoke': z.strictObject({ id: z.string().min(1) }),
  ...agentParams,
  'jails.list': none,
  'jails.check': none,
  /** Reads the jails of the configuration file again. Wider ones need a code, where there is a second factor. */
  'jails.reload': z.strictObject({ code: factorCode.optional() }),
  'factor.status': none,
  /** A new secret, which `factor.confirm` makes the second factor. */
  'factor.begin': none,
  'factor.confirm': z.strictObject({ codes: z.tuple([factorCode, factorCode]) }),
  /** Tries a code out, and spends it on that. */
  'factor.check': z.strictObject({ code: factorCode }),
  'factor.renew': z.strictObject({ code: factorCode }),
  'factor.disable': z.strictObject({ code: factorCode }),
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
  /** All of them, that one too. */
  readonly agents: readonly Pick<Agent, 'name' | 'maturity' | 'paused'>[];
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
  readonly secondFactor: FactorStatus;
  readonly running: readonly string[];
  readonly memoryBytes: number;
}

export interface Answers extends AgentAnswers {
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
    readonly reason?: (AnswerResult & { readonly ok: false })['reason'];
    readonly message: string;
    readonly approval?: Approval;
    readonly given?: StandingApproval;
  };
  readonly 'rules.list': {
    readonly rules: readonly Rule[];
    readonly standing: readonly StandingApproval[];
    readonly secondFactor: boolean;
  };
  readonly 'rules.reload': {
    readonly rules: readonly Rule[];
    readonly loosened: readonly string[];
  };
  readonly 'standing.give': { readonly given: StandingApproval };
  readonly 'standing.revoke': { readonly revoked: StandingApproval };
  readonly 'jails.list': { readonly jails: readonly JailSpec[]; readonly status: JailStatus };
  readonly 'jails.check': { readonly status: JailStatus };
  readonly 'jails.reload': { readonly jails: readonly JailSpec[] };
  readonly 'factor.status': FactorStatus;
  readonly 'factor.begin': { readonly uri: string; readonly secret: string };
  readonly 'factor.confirm': Confirmed;
  readonly 'factor.check': FactorCheck;
  readonly 'factor.renew': { readonly recoveryCodes: readonly string[] };
  readonly 'factor.disable': Readonly<Record<string, never>>;
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
