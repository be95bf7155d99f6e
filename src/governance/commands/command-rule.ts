import type { Complexity } from '../../domain/complexity.ts';

/** Options that make a command more than it usually is. */
export interface Raise {
  /** Long options whole (`--exec`), short ones as `-x`; find-like words as they are (`-delete`). */
  readonly options: readonly string[];
  readonly to: Complexity;
  readonly why: string;
}

/** What a program does when it is called in a way. Data: no code decides about a single program. */
export interface CommandRule {
  readonly program: string;
  /** The first word that is not an option, for programs that are many in one (`git status`). */
  readonly sub?: string;
  readonly complexity: Complexity;
  readonly why: string;
  readonly raise?: readonly Raise[];
  /** Short options are single words, not clusters (`find -name`). */
  readonly longShorts?: boolean;
  /** The first word is options even without a dash (`tar xf a.tar`). */
  readonly bundled?: boolean;
  /** More words than these after the sub-command raise it: `git branch` lists, `git branch x` makes. */
  readonly most?: { readonly words: number; readonly to: Complexity; readonly why: string };
  /** Command lines this rule must give its complexity to, and others that must come out higher. */
  readonly match: readonly (readonly string[])[];
  readonly notMatch: readonly (readonly string[])[];
}

/**
 * The options that may stand before a program's sub-command. Closed: with any other there, nobody can
 * tell which word is the sub-command (`git --shallow-file status clean` cleans).
 */
export interface Leading {
  /** Words that stand alone. */
  readonly flags: readonly string[];
  /** Words that take the next one as their value. */
  readonly valued: readonly string[];
}
