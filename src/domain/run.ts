import type { Json } from '../base/json.ts';
import type { Complexity } from './complexity.ts';

export type RunState = 'begun' | 'done' | 'failed' | 'uncertain';

/** One execution of one action. `id` is the intent's id: the same intent never runs twice. */
export interface Run {
  readonly id: string;
  readonly digest: string;
  readonly action: string;
  readonly state: RunState;
  readonly result?: Json;
  readonly begunAt: number;
  readonly endedAt?: number;
  /** Whose record it counts for; absent for the owner's own and atom's. */
  readonly agent?: string;
  readonly capability?: string;
  readonly complexity?: Complexity;
}
