import type { Row } from './rows.ts';

/**
 * What came of one attempt, for one user. `held`: it ran and reached nothing; `contained`: what it did
 * was ended or moved away; `refused`: it was not run; `works`, `broken`: ordinary work; `residual`: it
 * did what this jail does not claim to prevent; `untried`: this machine cannot try it.
 */
export interface Verdict {
  readonly row: Row;
  readonly verdict:
    | 'held'
    | 'contained'
    | 'refused'
    | 'works'
    | 'shown'
    | 'residual'
    | 'untried'
    | 'BROKEN'
    | 'ESCAPED';
  /** What was seen, or why it is so. */
  readonly why: string;
}

/** True where `npm run jail:attack` must end non-zero. */
export const isBad = ({ verdict }: Verdict): boolean =>
  verdict === 'ESCAPED' || verdict === 'BROKEN';
