import type { Maturity } from './agent.ts';

/** How often an agent did what, and what came of it. */
export interface Tally {
  /** Actions by complexity: looked, said, changed, destroyed. Thinking and answering count for nothing. */
  readonly actions: readonly [number, number, number, number];
  /** How the owner answered its questions; `expired` also where the task ended first. */
  readonly granted: number;
  readonly denied: number;
  readonly expired: number;
  readonly failed: number;
  readonly undone: number;
  readonly harmful: number;
  /** What the owner ran for it from the training queue, and went well. */
  readonly supervised: number;
}

export interface CapabilityRecord {
  /** `shell.exec git`. Some of its words may be a model's: make them visible. */
  readonly capability: string;
  readonly recent: Tally;
  readonly ever: Tally;
}

/** What an agent did, as far as it argues for more trust or less. */
export interface TrackRecord {
  /** How many days `recent` and `perDay` look back. */
  readonly days: number;
  /** Actions a day, the oldest first. */
  readonly perDay: readonly number[];
  readonly recent: Tally;
  readonly ever: Tally;
  /** What counts for a promotion: recent, and since the agent came to its maturity. */
  readonly counted: Tally;
  /** When it came to its maturity; milliseconds since 1970. */
  readonly since: number;
  /** The most used lately first. */
  readonly capabilities: readonly CapabilityRecord[];
}

/** What a record has to be for a promotion to be suggested: at least so many actions, at most so many slips. */
export interface PromotionRule {
  readonly actions: number;
  readonly denied: number;
  readonly undone: number;
  readonly days: number;
}

/** Whether a record argues for the next maturity. `missing` says in words what it lacks. */
export interface Readiness {
  /** Undefined at the top. */
  readonly to?: Maturity;
  readonly ready: boolean;
  readonly missing: readonly string[];
}

export const noTally: Tally = {
  actions: [0, 0, 0, 0],
  granted: 0,
  denied: 0,
  expired: 0,
  failed: 0,
  undone: 0,
  harmful: 0,
  supervised: 0,
};

/** All actions of a tally, of whatever complexity; what was trained counts too. */
export const actionsIn = ({ actions, supervised }: Tally): number =>
  actions.reduce((sum, count) => sum + count, supervised);

/** Two tallies as one. */
export const sumOf = (a: Tally, b: Tally): Tally => ({
  actions: [
    a.actions[0] + b.actions[0],
    a.actions[1] + b.actions[1],
    a.actions[2] + b.actions[2],
    a.actions[3] + b.actions[3],
  ],
  granted: a.granted + b.granted,
  denied: a.denied + b.denied,
  expired: a.expired + b.expired,
  failed: a.failed + b.failed,
  undone: a.undone + b.undone,
  harmful: a.harmful + b.harmful,
  supervised: a.supervised + b.supervised,
});
