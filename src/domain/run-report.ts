import type { RunState } from './run.ts';

/** One run as its owner looks back on it. Times are milliseconds since 1970. */
export interface RunSummary {
  readonly id: string;
  /** What people call it: `k7p2qx`. */
  readonly code: string;
  readonly action: string;
  readonly words: readonly string[];
  /** `agent atom`, `owner`, `system atom`. */
  readonly who: string;
  readonly state: RunState;
  /** How it ended, in words; '' while it runs. */
  readonly end: string;
  readonly begunAt: number;
  readonly endedAt?: number;
}

/** The same with everything that is on record about it. */
export interface RunReport extends RunSummary {
  readonly digest: string;
  readonly complexity?: number;
  /** What was decided, and why. */
  readonly why: readonly string[];
  readonly approval?: string;
  readonly standing?: string;
  readonly jail?: string;
  readonly ending?: string;
  readonly exit?: number;
  readonly ms?: number;
  /** Bytes that it printed on each stream. */
  readonly bytes?: { readonly stdout: number; readonly stderr: number };
  /** Bytes of its output that are kept; absent where none are (any more). */
  readonly kept?: number;
  /** Why not all of its output could be kept. */
  readonly lost?: string;
  readonly quarantined?: readonly string[];
}

/** Some of a run's output, base64: `from` where it begins, `next` where more would. */
export interface OutputPart {
  readonly run: string;
  readonly bytes: string;
  readonly next: number;
  /** What is kept by now. */
  readonly size: number;
  readonly running: boolean;
}
