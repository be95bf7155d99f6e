import type { Use } from './stats.ts';

/** What use can be told apart by. */
export const dimensions = ['user', 'agent', 'channel', 'model', 'day'] as const;

export type Dimension = (typeof dimensions)[number];

/** What of it is wanted: whole local days, both included. */
export interface BreakdownWish {
  readonly by: Dimension;
  /** `2026-02-03`. */
  readonly since: string;
  readonly until: string;
  /** Of this user alone. */
  readonly user?: string | undefined;
}

/** What was done for, by, through or with one of them. No words of anybody are in it. */
export interface BreakdownRow extends Use {
  /** A name of the settings, a model, or a day; `owner` for the owner and for whoever has no user. */
  readonly name: string;
  /** Messages that were answered. */
  readonly replies: number;
  /** What agents did, answers and questions to models left out; of these, after somebody was asked. */
  readonly actions: number;
  readonly asked: number;
  /** How long models took, in milliseconds. */
  readonly ms: number;
}

export interface Breakdown extends BreakdownWish {
  /** The most expensive first; days in their order. */
  readonly rows: readonly BreakdownRow[];
  /** What money is in. */
  readonly currency: string;
  /** Entries of the record that are not counted yet. */
  readonly behind: number;
}
