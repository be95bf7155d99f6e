/** What somebody did to the record, as far as can be told. */
export type Damage =
  | 'changed'
  | 'missing'
  | 'inserted'
  | 'swapped'
  | 'cut off'
  /** Something between two checkpoints is another, and the chain after it was made anew. */
  | 'rewritten'
  /** Signed by a key that nobody vouches for. */
  | 're-signed'
  /** A key signs this record, and there is no checkpoint of it. */
  | 'unsigned'
  /** Not of this record at all. */
  | 'stranger';

/** The first number in the record that does not hold, what was done there, and that in a sentence. */
export interface Damaged {
  readonly seq: number;
  readonly done: Damage;
  readonly problem: string;
}
