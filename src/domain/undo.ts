/** Whether what is about to change in a folder could be taken back, in words for a card. */
export type Coverage =
  | { readonly ok: true; readonly words: string }
  | { readonly ok: false; readonly why: string };

/** How long it stays possible. */
export const UNDO_DAYS = 30;

/** What a card says; `but` names what is left out. */
export const undoWords = (but = ''): string =>
  `can be undone for ${UNDO_DAYS} days${but}: atom undo`;

/** What a card says of a folder that may be changed. */
export const undoWordsFor = (found: Coverage): string =>
  found.ok ? found.words : `cannot be undone: ${found.why}`;

/** Asked at each decision about a folder, by its real path. Cheap where it was asked a moment ago. */
export type Covers = (folder: string) => Promise<Coverage>;

/** Where a run may change something that a snapshot covers. */
export interface Reversible {
  /** The jail's real folder. */
  readonly folder: string;
  /** The one file in it that may change, relative to it; the whole folder where there is none. */
  readonly path?: string;
}

/** One run whose changes can be taken back. */
export interface UndoRun {
  /** What people call it, as `atom runs list` does. */
  readonly code: string;
  readonly run: string;
  readonly action: string;
  /** What ran, one word an argument; made safe to look at by whoever shows it. */
  readonly words: readonly string[];
  readonly folder: string;
  readonly session?: string;
  readonly at: number;
  /** Paths that it changed; undefined where its end was not seen. */
  readonly changed?: number;
  /** True once it was taken back. */
  readonly undone: boolean;
}

/** What taking a run back does to one path: makes it again, changes it back, or removes it. */
export interface PathChange {
  /** Relative to the folder, as text: bytes that are not UTF-8 show as U+FFFD. */
  readonly path: string;
  readonly what: 'make' | 'change' | 'remove';
}

/** What taking a run back would do now. */
export interface UndoPlan {
  readonly of: UndoRun;
  readonly changes: readonly PathChange[];
  /** Changed again since the run ended, so they stay as they are. */
  readonly kept: readonly string[];
  /** What was too large to be copied, and is left as it is. */
  readonly left: readonly string[];
  /** SHA-256 of all of it, so that what was shown is what is done. */
  readonly digest: string;
}

/** What was taken back. */
export interface Restored {
  readonly of: UndoRun;
  readonly changes: readonly PathChange[];
  readonly kept: readonly string[];
  readonly left: readonly string[];
  /** Could not be brought back, with the reason. */
  readonly failed: readonly { readonly path: string; readonly why: string }[];
}
