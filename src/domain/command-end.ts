import { duration } from '../base/clock.ts';
import { shellWord } from '../base/shell-word.ts';
import { visible } from '../base/visible.ts';
import type { Ending, JailLimits } from './jail.ts';
import { limitUnits, limitWords } from './jail-limits.ts';

/** What held a command where it took too much. */
export interface Held {
  readonly jail: string;
  /** Whether the jail says so itself, or the agent's maturity does. */
  readonly by: 'jail' | 'maturity';
  readonly most: number;
}

/** How a command ended, as its result tells it. */
export interface CommandEnd {
  readonly ending: string;
  readonly exit: number | null;
  readonly signal?: string | undefined;
  readonly ms?: number | undefined;
  /** Who stopped it, in words. */
  readonly by?: string | undefined;
  readonly held?: Held | undefined;
  /** Programs that its line names and that were not found, each with what may be done. */
  readonly missing?: readonly string[] | undefined;
}

/** What was too much, of each limit that ends a command. */
const LIMITS: Readonly<
  Partial<Record<string, { readonly field: keyof JailLimits; words(most: string): string }>>
> = {
  time: { field: 'wallMs', words: (most) => `it took longer than ${most}` },
  memory: { field: 'memoryBytes', words: (most) => `it needed more than ${most} of memory` },
  processes: { field: 'processes', words: (most) => `it started more than ${most} processes` },
  disk: {
    field: 'fileBytes',
    words: (most) => `it filled the disk far beyond the ${most} that one file may have`,
  },
  output: { field: 'outputBytes', words: (most) => `it printed more than ${most}` },
};

/** The limit that an ending is about; undefined for any other ending. */
export const limitOf = (ending: Ending['kind']): keyof JailLimits | undefined =>
  LIMITS[ending]?.field;

/** How it ended, in one sentence and what may be done about it; '' where it ended well. */
export function endWords(end: CommandEnd): string {
  const { ending, exit, signal, held } = end;
  const limit = LIMITS[ending];
  if (limit && !held) return `It was stopped: ${limit.words('it may')}.`;
  if (limit && held)
    return heldWords(limit.words(limitWords(limit.field, held.most)), limit.field, held);
  if (ending === 'stopped') return stoppedWords(end);
  if (signal !== undefined) return signalWords(signal);
  if (exit === null) return `It ended otherwise: ${visible(ending)}.`;
  return exitWords(exit, end.missing ?? []);
}

function heldWords(what: string, field: keyof JailLimits, { jail, by }: Held): string {
  const set = by === 'jail' ? `the jail ${visible(jail)} sets` : 'this agent’s maturity gives';
  const raise = `atom jails set ${shellWord(jail)} --limit ${limitUnits[field].option}=…`;
  return `It was stopped: ${what}, which ${set}. To let it have more: ${raise}`;
}

function stoppedWords({ by, ms }: CommandEnd): string {
  const who = by === undefined ? '' : ` by ${by}`;
  return `It was stopped${who}${ms === undefined ? '' : ` after ${duration(ms)}`}.`;
}

const SIGNALS: Readonly<Record<string, string>> = {
  SIGXCPU: 'it used more processor time than it may',
  SIGXFSZ: 'it wrote a larger file than it may',
  SIGSYS: 'it asked the system for something that the jail refuses',
  SIGSEGV: 'it crashed',
  SIGKILL: 'the system killed it, as it does when memory runs out',
};

const signalWords = (signal: string): string =>
  `It was killed by ${signal}${SIGNALS[signal] ? `: ${SIGNALS[signal]}` : ''}.`;

function exitWords(exit: number, missing: readonly string[]): string {
  if (exit === 0) return '';
  if (exit === 127)
    return [`It ended with exit code 127: a program of it was not found.`, ...missing].join('\n');
  if (exit === 126)
    return 'It ended with exit code 126: a file of it is there, but may not be run (no permission, or not a program).';
  return `It ended with exit code ${exit}.`;
}
