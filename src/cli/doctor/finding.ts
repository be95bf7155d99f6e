import type { ErrorCode } from '../../base/errors.ts';

/** One thing that was looked at. Only `bad` makes the doctor exit with a failure. */
export interface Finding {
  readonly name: string;
  readonly state: 'good' | 'note' | 'bad';
  readonly words: string;
  /** Commands that mend it, or tell more. */
  readonly next: readonly string[];
  /** What kind of failure it is, where it is known: its exit code is that of the doctor. */
  readonly code?: ErrorCode;
}

export const good = (name: string, words: string, ...next: readonly string[]): Finding => ({
  name,
  state: 'good',
  words,
  next,
});

export const note = (name: string, words: string, ...next: readonly string[]): Finding => ({
  name,
  state: 'note',
  words,
  next,
});

export const bad = (name: string, words: string, ...next: readonly string[]): Finding => ({
  name,
  state: 'bad',
  words,
  next,
});

/** What cannot work without a key or a token that is not stored. */
export const lacksKey = (name: string, words: string, ...next: readonly string[]): Finding => ({
  name,
  state: 'bad',
  words,
  next,
  code: 'credentials',
});
