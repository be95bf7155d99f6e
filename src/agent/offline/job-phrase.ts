import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { isWhen } from '../../domain/schedule/when.ts';

const HOW_TO_REMIND = 'Say it like this: remind me in 20 minutes to drink tea';

/**
 * What follows `remind me`: `in 20 minutes to drink tea`, or `to drink tea in 20 minutes`. Throws
 * AtomError `usage` where it says no time.
 */
export function reminderIn(line: string): Json {
  const words = wordsOf(line);
  const found = timeFirst(words) ?? timeLast(words);
  if (found) return { does: 'say', ...found };
  throw new AtomError('usage', 'When is that, and what of?', { next: [HOW_TO_REMIND] });
}

/** What follows `every`: `weekday 8:30 run git status`. Throws AtomError `usage` where it says no time. */
export function regularIn(line: string): Json {
  const words = ['every', ...wordsOf(line)];
  for (let end = words.length - 1; end > 1; end--) {
    const when = words.slice(0, end).join(' ').replace(/[,:]$/, '');
    if (isWhen(when)) return { does: 'ask', when, text: words.slice(end).join(' ') };
  }
  throw new AtomError('usage', 'How often is that, and what is to be done?', {
    next: ['Say it like this: every weekday 8:30 run git status'],
  });
}

const wordsOf = (line: string): readonly string[] => line.trim().split(/\s+/);

interface Found {
  readonly when: string;
  readonly text: string;
}

/** The shortest time before a `to`: in `in an hour to go to bed` the rest is what of. */
function timeFirst(words: readonly string[]): Found | undefined {
  for (const [at, word] of words.entries()) {
    if (word !== 'to' || at === 0 || at === words.length - 1) continue;
    const when = words.slice(0, at).join(' ');
    if (isWhen(when)) return { when, text: words.slice(at + 1).join(' ') };
  }
  return undefined;
}

/** The longest time at the end: in `to ring Bob tomorrow at 9` it is not only `at 9`. */
function timeLast(words: readonly string[]): Found | undefined {
  const start = words[0] === 'to' ? 1 : 0;
  for (let at = start + 1; at < words.length; at++) {
    const when = words.slice(at).join(' ').replace(/[.!]$/, '');
    if (isWhen(when)) return { when, text: words.slice(start, at).join(' ') };
  }
  return undefined;
}
