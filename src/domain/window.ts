import type { Labels } from './label.ts';
import type { TranscriptEntry } from './session.ts';

/** Everything that whoever asks was shown, and where it came from. */
export interface Window {
  /** The join of all of it. */
  readonly labels: Labels;
  /** What brought strangers' words in, for people: `example.com`, `the skill weather`. */
  readonly sources: readonly string[];
  /** What brought secrets in: `taxes.pdf`. */
  readonly secrets?: readonly string[];
  /** The owner's own words of this turn; empty where somebody else's message led here. */
  readonly said: string;
}

/**
 * What a planner's answer may come from. One that sees only its turn is also shown what was said right
 * before it, because a number may pick from an offer that was made then.
 */
export function entriesSeen(
  entries: readonly TranscriptEntry[],
  event: string | undefined,
  sees: 'conversation' | 'turn',
): readonly TranscriptEntry[] {
  if (sees === 'conversation') return entries;
  const start = entries.findIndex((entry) => entry.event === event);
  const earlier = start < 0 ? entries : entries.slice(0, start);
  const before = earlier.findLast(({ item }) => item.role === 'user');
  return [...(before ? [before] : []), ...entries.filter((entry) => entry.event === event)];
}
