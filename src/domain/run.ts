import { sha256 } from '../base/digest.ts';
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
  /** What was asked for: kept while it runs, and while nobody knows how it ended. */
  readonly request?: Json;
}

/** Letters and digits that nobody mistakes for another. */
const CLEAR = 'abcdefghjkmnpqrstuvwxyz23456789';

const CODE_LENGTH = 6;

/** Six characters by which people name a run, such as `k7p2qx`; two runs seldom share one. */
export const runCode = (id: string): string =>
  Array.from({ length: CODE_LENGTH }, (_, i) => {
    const at = Number.parseInt(sha256(id).slice(4 * i, 4 * i + 4), 16);
    return CLEAR.charAt(at % CLEAR.length);
  }).join('');

/** True for a text that could be such a name. */
export const isRunCode = (text: string): boolean =>
  text.length === CODE_LENGTH && [...text].every((sign) => CLEAR.includes(sign));
