/**
 * What running something amounts to, from mild to grave: it looks; it says something; it changes
 * things without losing any; it loses (deletes, overwrites or cuts) what a snapshot would bring back;
 * it fetches, which is no more than that where there is no network; it reaches beyond what any undo
 * covers.
 */
export type Effect = 'look' | 'say' | 'change' | 'lose' | 'fetch' | 'beyond';

/** Words that make a command more than it usually is. */
export interface Raise {
  /** Options, parted by spaces: long ones whole (`--exec`), short ones as `-x`, find-like words as they are. */
  readonly options?: string;
  /** Or any word that looks like this. */
  readonly words?: RegExp;
  readonly to: Effect;
  readonly why: string;
  /** Only what is written there counts: a word that is not known is no more likely to be one than any other. */
  readonly literal?: boolean;
}

/**
 * The options that may stand before the word that says more: a sub-command, a program to run, a script.
 * Closed: with any other there, nobody can tell which word that is (`git --shallow-file status clean`
 * cleans). Parted by spaces; `-#` is any number.
 */
export interface Leading {
  /** Options that stand alone, short ones also in clusters. */
  readonly flags?: string;
  /** Options that take a value: the rest of the word, or the next one. */
  readonly valued?: string;
  /** Options whose value, if they have one, is the rest of the word (`xargs -i{}`). */
  readonly glued?: string;
}

/** How a program starts another one whose words follow its own. */
export interface Runs {
  /** `rest`: all that follows. `find`: what follows `-exec` and its like, up to `;` or `+`. */
  readonly how: 'rest' | 'find';
  /** Words of its own before the other program's (`timeout 5 ls`). */
  readonly operands?: number;
  /** `NAME=value` may stand before the other program. */
  readonly assignments?: boolean;
  /** It adds words that nobody knows. */
  readonly more?: boolean;
  /** Options whose value stands for words that nobody knows, instead of added ones. */
  readonly replace?: string;
  /** With one of these it only asks what the other program is. */
  readonly asks?: string;
}

/** What a program or sub-command does. Data: no code decides about a single one. */
export interface CommandRule {
  /** Every name it goes by, and others that behave alike, parted by spaces. */
  readonly names: string;
  readonly does: Effect;
  /** In words that fit on a card. */
  readonly why: string;
  readonly raise?: readonly Raise[];
  /** Options that raise elsewhere in this program and mean something harmless here (`git log -p`). */
  readonly harmless?: string;
  /** Programs that are many in one. Where none of these fits, the rule itself speaks. */
  readonly subs?: readonly CommandRule[];
  /** Options that, alone behind the program, only ask about it, as `--version` and `--help` always do. */
  readonly about?: string;
  readonly leading?: Leading;
  readonly runs?: Runs;
  /** Its words hold a script in this language, which is read as well. */
  readonly script?: 'sed' | 'awk';
  /** It runs the file that its first word names; what stands before that must be in `leading`. */
  readonly interprets?: boolean;
  /** Options with which an interpreter needs no file: it finds those of the folder by itself. */
  readonly alone?: string;
  /** With `-m` an interpreter runs one of its modules; these do no more than a script would. */
  readonly modules?: string;
  /** More words than these raise it: `git branch` lists, `git branch x` makes one. */
  readonly most?: { readonly words: number; readonly to: Effect; readonly why: string };
  /** Short options are single words, not clusters (`find -name`). */
  readonly longShorts?: boolean;
  /** The first word is options even without a dash (`tar xf a.tar`). */
  readonly bundled?: boolean;
  /** Its words name no files: they are text (`echo`), or nothing is read or written (`test`). */
  readonly text?: boolean;
  /** The first word is a pattern rather than a file, unless one of these options gives it. */
  readonly pattern?: string;
  /** Only its last word, or the value of one of these options, is written to. */
  readonly target?: string;
  /** Command lines that this rule gives exactly its effect to, words parted by spaces. */
  readonly match: readonly string[];
  /** Command lines that must come out graver; of what goes beyond, ones that must come out milder. */
  readonly notMatch: readonly string[];
}
