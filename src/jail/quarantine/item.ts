/** Something in a jail that other programs would run or trust, and what it is known by. */
export interface Item {
  /** Relative to the jail, as a byte string. */
  readonly path: string;
  /** What becomes of it where it is new: it is moved out, or only told. */
  readonly fate: 'move' | 'instructions' | 'scripts';
  /** It is known where every one of these is. A rename of a folder above changes none. */
  readonly marks: readonly string[];
  /** It is known as well where all of these are: what it says, where only that matters. */
  readonly or?: readonly string[];
}

/** True where nothing of an item is new. */
export const isKnown = ({ marks, or = [] }: Item, known: ReadonlySet<string>): boolean =>
  marks.every((mark) => known.has(mark)) || (or.length > 0 && or.every((mark) => known.has(mark)));

/** Everything that items are known by. */
export const marksOf = (items: readonly Item[]): readonly string[] => [
  ...new Set(items.flatMap(({ marks, or = [] }) => [...marks, ...or])),
];
