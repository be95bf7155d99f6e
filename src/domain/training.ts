import type { Json } from '../base/json.ts';
import type { Labels } from './label.ts';

export type TrainingState = 'waiting' | 'replayed' | 'dropped';

/** What a student asked for and was refused, kept so that its owner can run it. */
export interface TrainingItem {
  /** Five characters that people type. */
  readonly id: string;
  readonly agent: string;
  readonly action: string;
  readonly resource: Json;
  readonly capability: string;
  /** A model's words: make them visible before they are shown. */
  readonly words: readonly string[];
  /** Why it was refused. */
  readonly why: string;
  /** Of everything the student had been shown when it asked. */
  readonly labels: Labels;
  readonly session?: string;
  readonly event?: string;
  readonly at: number;
  readonly state: TrainingState;
  /** How the replay ended. */
  readonly outcome?: 'done' | 'failed';
  readonly endedAt?: number;
}
