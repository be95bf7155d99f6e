import type { Labels } from './label.ts';

/** Everything that whoever asks was shown, and where it came from. */
export interface Window {
  /** The join of all of it. */
  readonly labels: Labels;
  /** What brought strangers' or secret words in, for people: `example.com`, `the skill weather`. */
  readonly sources: readonly string[];
  /** The owner's own words of this turn; empty where somebody else's message led here. */
  readonly said: string;
}
