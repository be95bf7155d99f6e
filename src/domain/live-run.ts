/** A run that is under way, for those who show how it goes. */
export interface LiveRun {
  readonly id: string;
  readonly session: string;
  /** The message that led to it. */
  readonly event: string;
  readonly words: readonly string[];
  /** Since it began. */
  elapsedMs(): number;
  /** What it printed last, safe to look at, the newest line last; the one that is being written, too. */
  lines(): readonly string[];
  /** Aborts once it is over. */
  readonly over: AbortSignal;
}

/** Told what becomes of a call: it may wait for a yes long before it begins. */
export interface RunWatch {
  began(): void;
  printed(part: { readonly text: string; readonly line?: string }): void;
  /** Resolves once nobody shows it any more. */
  ended(): Promise<void>;
}
