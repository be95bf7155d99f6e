/** One command whose words may only be known when it runs. */
export interface CommandWords {
  readonly argv: readonly string[];
  /** Indexes of words whose text is not known yet: a variable, another command's output, a pattern that may begin with `-`. */
  readonly unknown?: ReadonlySet<number>;
  /** Those of them that are names of files of the folder (`*.txt`), which make `more` true as well. */
  readonly names?: ReadonlySet<number>;
  /** More words that nobody knows may follow (xargs, `find -exec … {} +`). */
  readonly more?: boolean;
}

/** The same, as the engine hands it on. */
export interface InnerWords extends CommandWords {
  /** Indexes of words whose text is not known, but which are no options: paths that find puts in. */
  readonly paths?: ReadonlySet<number>;
}

/** True where the word at an index may be anything. */
export const isUnknown = ({ unknown }: CommandWords, at: number): boolean =>
  unknown?.has(at) ?? false;

/** True where any word from an index on, or one that may follow, is not known. */
export const mayHoldMore = ({ unknown, more }: CommandWords, from: number): boolean =>
  more === true || [...(unknown ?? [])].some((at) => at >= from);

/** The command from an index on, its marks moved along; `end` as in slice. */
export function wordsFrom(command: InnerWords, from: number, end?: number): InnerWords {
  const argv = command.argv.slice(from, end);
  const moved = (marks: ReadonlySet<number> | undefined): ReadonlySet<number> =>
    new Set([...(marks ?? [])].map((at) => at - from).filter((at) => at in argv));
  const more = command.more === true && end === undefined;
  return { argv, unknown: moved(command.unknown), paths: moved(command.paths), more };
}

const split = new Map<string, readonly string[]>();

/** The parts of a list in a table, parted by spaces. Split once each. */
export function listed(list: string | undefined): readonly string[] {
  if (!list) return [];
  const known = split.get(list);
  if (known) return known;
  const parts = list.split(' ');
  split.set(list, parts);
  return parts;
}
