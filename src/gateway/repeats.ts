import type { Clock } from '../base/clock.ts';
import { digestOf } from '../base/digest.ts';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Caller } from '../domain/caller.ts';
import type { RequestFrame } from '../protocol/frames.ts';
import { type Answer, failure } from './kernel.ts';

/** What was answered to requests that carried a key. */
export interface Repeats {
  /**
   * Acts, unless the same caller asked for the same method under the same key before: then the first
   * answer is given again, and waited for while it is not there yet. Other parameters under the key of
   * an earlier request are refused.
   */
  once(caller: Caller, request: Asked, act: () => Promise<Answer>): Promise<Answer>;
}

export type Asked = Pick<RequestFrame, 'method' | 'params' | 'key'>;

interface Past {
  readonly digest: string;
  readonly answer: Promise<Answer>;
  readonly at: number;
  /** Characters of the answer; 0 while it is not there. */
  size: number;
}

const MOST = 1000;
const MOST_CHARACTERS = 4 * 1024 * 1024;
const KEPT_MS = 10 * 60_000;

/** Remembers a thousand answers of each caller, for ten minutes, in memory. */
export function createRepeats({ monotonic }: Pick<Clock, 'monotonic'>): Repeats {
  const callers = new Map<string, Map<string, Past>>();
  const pastOf = (caller: Caller): Map<string, Past> => {
    const name = `${caller.surface} ${caller.id}`;
    const past = callers.get(name) ?? new Map<string, Past>();
    callers.set(name, past);
    return past;
  };
  return {
    once: async (caller, { method, params = null, key }, act) => {
      if (key === undefined) return await act();
      const past = pastOf(caller);
      forget(past, monotonic());
      const name = `${method} ${key}`;
      const digest = digestOf(params as Json);
      const earlier = past.get(name);
      if (earlier) return earlier.digest === digest ? await earlier.answer : OTHER;
      const entry: Past = { digest, answer: act(), at: monotonic(), size: 0 };
      past.set(name, entry);
      const answer = await entry.answer;
      entry.size = JSON.stringify(answer).length;
      return answer;
    },
  };
}

/** The oldest come first. */
function forget(past: Map<string, Past>, now: number): void {
  let characters = [...past.values()].reduce((sum, { size }) => sum + size, 0);
  for (const [name, { at, size }] of past) {
    if (past.size < MOST && characters <= MOST_CHARACTERS && at > now - KEPT_MS) return;
    past.delete(name);
    characters -= size;
  }
}

const OTHER = failure(
  new AtomError('usage', 'That key was used for another request of this method.', {
    next: ['Take a new key for each thing that is to be done, and the same only to repeat it.'],
  }),
);
