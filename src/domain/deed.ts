import type { RunState } from './run.ts';

/** What is said of a run afterwards: that it was taken back, or that its owner calls it harmful. */
export type Mark = 'undone' | 'harmful';

/** Something an agent did. */
export interface Deed {
  readonly agent: string;
  /** Some of its words may be a model's: make them visible. */
  readonly capability: string;
  readonly complexity: number;
  readonly undone: boolean;
  readonly harmful: boolean;
}

/** The same with the run's id, by which it is marked. */
export interface RecentDeed extends Deed {
  readonly id: string;
  readonly state: RunState;
  readonly at: number;
}
