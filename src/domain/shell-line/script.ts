/**
 * What atom reads of a shell's language. A line is read into this, this is what is judged, and what runs
 * is printed from this: the text that somebody wrote never reaches a shell.
 */
export interface Script {
  readonly steps: readonly Step[];
}

/** A pipeline, and how it follows the one before it; the first always by `;`. */
export interface Step {
  readonly join: ';' | '&&' | '||';
  /** `! …` */
  readonly negated: boolean;
  /** At least one; each reads what the one before it writes. */
  readonly stages: readonly Command[];
}

export type Command = SimpleCommand | CompoundCommand;

/** A program and its words. Without words it only sets variables or opens files. */
export interface SimpleCommand {
  readonly kind: 'simple';
  readonly assignments: readonly Assignment[];
  /** The first, where there is one, is text: a program that is found out while it runs is not read. */
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
}

export type CompoundCommand = CompoundBody & { readonly redirects: readonly Redirect[] };

export type CompoundBody =
  | { readonly kind: 'group'; readonly subshell: boolean; readonly body: Script }
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly words: readonly Word[];
      readonly body: Script;
    }
  | {
      readonly kind: 'loop';
      readonly until: boolean;
      readonly test: Script;
      readonly body: Script;
    }
  | {
      readonly kind: 'if';
      readonly branches: readonly { readonly test: Script; readonly body: Script }[];
      readonly otherwise: Script | undefined;
    };

/** The value is one word, whatever is in it: a shell does not split it. */
export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

export type Redirect =
  | { readonly kind: 'file'; readonly fd: Descriptor; readonly op: FileOp; readonly target: Word }
  /** `2>&1` */
  | { readonly kind: 'copy'; readonly fd: Descriptor; readonly from: Descriptor };

export type Descriptor = 0 | 1 | 2;
export type FileOp = '<' | '>' | '>>';

/** Parts that stand together. Two texts never follow each other; no part at all is no word. */
export type Word = readonly Part[];

export type Part =
  /** Exactly this, whatever is in it. */
  | { readonly kind: 'text'; readonly text: string }
  /** `*`, `?` or `[a-z]`, as a shell wants it written. */
  | { readonly kind: 'pattern'; readonly text: string }
  /** `quoted` parts stay one word; others are split and may become any number of words. */
  | { readonly kind: 'variable'; readonly variable: Variable; readonly quoted: boolean }
  | { readonly kind: 'output'; readonly script: Script; readonly quoted: boolean }
  /** `<(…)` and `>(…)`: the name of a file that commands write, or read. Only bash knows it. */
  | { readonly kind: 'process'; readonly direction: '<' | '>'; readonly script: Script };

/** `$A`, `${#A}`, or `${A%.txt}`: a name and what is made of its value, as a shell wants it written. */
export interface Variable {
  readonly name: string;
  readonly length: boolean;
  /** `:-x`, `%.txt`, or nothing. */
  readonly change: string;
}

/** A word that is the same whenever it is read; undefined for any other. */
export function textOf(word: Word): string | undefined {
  const [first, ...rest] = word;
  return first?.kind === 'text' && rest.length === 0 ? first.text : undefined;
}
