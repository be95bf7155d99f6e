import type { Json } from '../base/json.ts';
import type { Agent, Principal } from './agent.ts';
import type { CardFacts } from './card.ts';
import type { Complexity } from './complexity.ts';
import type { Fence } from './fence.ts';
import type { Integrity, Labels, Sourced } from './label.ts';
import type { Script } from './shell-line/script.ts';
import type { Sql } from './store.ts';
import type { Reversible } from './undo.ts';
import type { Unwritten } from './unwritten.ts';

/** What a tool asks for. It carries no verdict, no maturity and no label: those are looked up. */
export interface Intent {
  /** Made from the event and the step, so that a turn taken again after a crash asks for the same id. */
  readonly id: string;
  /** `shell.exec`, `file.read`, … */
  readonly action: string;
  readonly resource: Json;
  readonly context: IntentContext;
}

export interface IntentContext {
  readonly session?: string;
  /** Id of the event that led here. */
  readonly event?: string;
  /** The model's stated reason, shown as its own words. */
  readonly because?: string;
  /** The run that the owner asks for once more: atom's own word, and no agent's. */
  readonly again?: string;
  /** The skill that asks while it runs, and the run of it. */
  readonly skill?: { readonly name: string; readonly run: string };
}

/** An intent, frozen and completed by the governor: what is decided, digested, approved and run. */
export interface ActionRequest extends Intent {
  readonly principal: Principal;
  readonly labels: Labels;
}

/** What an executor found out about a request before anything is decided. Has no side effect. */
export interface Prepared {
  /** The resource with every default filled in. */
  readonly resource: Json;
  /**
   * Everything besides the request that decides what would happen: resolved program and its digest,
   * real folder, jail identity and policy. Bound into the digest of the approval.
   */
  readonly facts: Json;
  /** For `shell.exec`: the words that decide its complexity. */
  readonly argv?: readonly string[];
  /** For a line: all of it, as it was read. Decides its complexity instead of `argv`. */
  readonly script?: Script;
  /** Programs of a line that are really others, by their real path and with their words. */
  readonly aliases?: readonly (readonly string[])[];
  /** What it amounts to where its words do not tell: a skill's manifest says so, or the action itself. */
  readonly declared?: { readonly complexity: Complexity; readonly why: string };
  /** Name of the jail it would happen in. */
  readonly jail?: string;
  /** What it is aimed at, exactly: a path, an address, a host. The owner may have typed it this turn. */
  readonly targets?: readonly string[];
  /** Files whose content or names may be in the result. */
  readonly reads?: readonly Touch[];
  /** Files that it may change. */
  readonly writes?: readonly Touch[];
  /** What its result is from, in words, where no file says it: `the skill weather`. */
  readonly source?: string;
  /** The best that what comes back can be, where that is worse than what such an action gives back else. */
  readonly yields?: Integrity;
  /** The label of what its result holds, where that was labelled before and no file tells. */
  readonly holds?: Labels;
  /** Who else gets to read what is sent. Counts as `people` where the action does not always know. */
  readonly leaves?: Leaving;
  /**
   * Hosts that it may speak to where it is more than a look: then anybody's words may be in what it gives
   * back and writes, and what it reads may leave.
   */
  readonly speaksTo?: readonly string[];
  /** Hands over more than the place it is aimed at, so that naming the place does not name all of it. */
  readonly sends?: boolean;
  /** Why the owner is asked about it, however mature the agent is. */
  readonly asks?: string;
  /** Where it may change something that a snapshot covers; what it changes elsewhere stays changed. */
  readonly reversible?: Reversible;
  readonly card: CardFacts;
}

/** Files of a jail, by an absolute real path: one file, the names in one folder, or all at or below it. */
export interface Touch {
  readonly path: string;
  readonly how: 'file' | 'names' | 'below';
}

/**
 * Who but the owner reads what leaves: nobody; a user, of whose own jails alone the private part of it is; a
 * model's provider beyond this machine; or people.
 */
export type Leaving = 'nobody' | 'user' | 'provider' | 'people';

/** One row of the table of actions: everything atom can do to the world, one executor each. */
export interface Action {
  readonly name: string;
  /** Throws AtomError (`usage`, `blocked`, `unavailable`, `not-found`) where it cannot be done at all. */
  prepare(resource: Json, agent: Agent | undefined, context?: IntentContext): Promise<Prepared>;
  readonly execute: Executor;
  /**
   * In place of `execute`, for a resource whose whole effect is rows of the store and that touches no file:
   * they are written in the transaction that has its beginning and its end on record. Undefined for others.
   */
  readonly writer?: (resource: Json) => Writer | undefined;
}

export type Writer = (grant: Grant, sql: Sql) => Promise<Written>;

export interface Written {
  readonly value: Json;
  /** Told once it stands. */
  readonly tell: () => void;
}

declare const grantBrand: unique symbol;
/** The right to run one request once. Only the governor makes one; `redeem` opens it, once. */
export interface Grant {
  readonly [grantBrand]: true;
}

/** What comes of a run while it runs. `line`: of commands, the line that is being written, as it reads now. */
export type Update = (part: {
  readonly stream: 'stdout' | 'stderr' | 'text';
  readonly text: string;
  readonly line?: string;
}) => void;
export type Executor = (grant: Grant, signal: AbortSignal, onUpdate: Update) => Promise<Json>;

/** Why an action did not happen, or is not known to have happened. */
export type RefusalReason =
  | 'denied'
  | 'expired'
  | 'policy'
  | 'blocked'
  | 'failed'
  | 'uncertain'
  | 'stopped'
  /** A limit on actions or money was reached. */
  | 'limited'
  /** Everything is halted, or the agent is paused. */
  | 'halted';

/** `from` is the label of what came back, where the run knows more than its tool does. */
export type Outcome =
  | { readonly ok: true; readonly value: Json; readonly from?: Sourced }
  | {
      readonly ok: false;
      readonly reason: RefusalReason;
      readonly message: string;
      /** `start` where it could not be begun at all. */
      readonly ending?: 'start';
      /** Atom's own words and what was asked for, and nothing else: they are as bad as the asking was. */
      readonly own?: true;
      readonly from?: Sourced;
    };

export interface PerformOptions {
  readonly signal?: AbortSignal;
  /** What the same plan asks for next: like requests share one card. */
  readonly upcoming?: readonly Intent[];
  readonly onUpdate?: Update;
  /** Called once it is begun: it may wait for a yes before. */
  readonly onBegun?: () => void;
  /** Asked once it was looked at: in words, why whoever asks may not, although its principal might. */
  readonly within?: (prepared: Prepared) => string | undefined;
  /** What of its outcome goes on record and into the log, where that is not all that the asker is given. */
  readonly forRecord?: (outcome: Outcome) => Outcome;
  /**
   * Keeps what came of it for whoever asked, in the transaction that has its end on record; what it returns is
   * called once that stands. Where it throws, the end is recorded all the same and nothing else is. Not asked
   * by what is no run, or whose whole effect is rows.
   */
  readonly alongside?: (sql: Sql, outcome: Outcome) => Promise<() => void>;
  /**
   * What led to it: written in the transaction that begins the run, so that it stands wherever that does, and
   * before a question is put. Where it comes to neither, it is left.
   */
  readonly upfront?: Unwritten;
  /** Asked in the transaction that begins the run: where it says no, nothing is done. */
  readonly stillMine?: Fence;
}

/** The one way out. Never throws for an expected refusal: that is a value. */
export type Perform = (intent: Intent, options?: PerformOptions) => Promise<Outcome>;
