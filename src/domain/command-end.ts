import { duration } from '../base/clock.ts';
import { shellWord } from '../base/shell-word.ts';
import { sizeWords } from '../base/size.ts';
import { visible } from '../base/visible.ts';
import type { Ending, JailLimits } from './jail.ts';

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

interface Limit {
  readonly field: keyof JailLimits;
  /** As `atom jails set --limit` calls it. */
  readonly name: string;
  words(most: string): string;
  amount(most: number): string;
}

const count = (most: number): string => String(most);

const LIMITS: Readonly<Partial<Record<string, Limit>>> = {
  time: {
    ...{ field: 'wallMs', name: 'wall', amount: duration },
    words: (most) => `it took longer than ${most}`,
  },
  memory: {
    ...{ field: 'memoryBytes', name: 'memory', amount: sizeWords },
    words: (most) => `it needed more than ${most} of memory`,
  },
  processes: {
    ...{ field: 'processes', name: 'processes', amount: count },
    words: (most) => `it started more than ${most} processes`,
  },
  disk: {
    ...{ field: 'fileBytes', name: 'file', amount: sizeWords },
    words: (most) => `it filled the disk far beyond the ${most} that one file may have`,
  },
  output: {
    ...{ field: 'outputBytes', name: 'output', amount: sizeWords },
    words: (most) => `it printed more than ${most}`,
  },
};

/** The limit that an ending is about; undefined for any other ending. */
export const limitOf = (ending: Ending['kind']): keyof JailLimits | undefined =>
  LIMITS[ending]?.field;

/** How it ended, in one sentence and what may be done about it; '' where it ended well. */
export function endWords(end: CommandEnd): string {
  const { ending, exit, signal, held } = end;
  const limit = LIMITS[ending];
  if (limit) return held ? limitWords(limit, held) : `It was stopped: ${limit.words('it may')}.`;
  if (ending === 'stopped') return stoppedWords(end);
  if (signal !== undefined) return signalWords(signal);
  if (exit === null) return `It ended otherwise: ${visible(ending)}.`;
  return exitWords(exit, end.missing ?? []);
}

function limitWords(limit: Limit, { jail, by, most }: Held): string {
  const set = by === 'jail' ? `the jail ${visible(jail)} sets` : 'this agent’s maturity gives';
  const raise = `atom jails set ${shellWord(jail)} --limit ${limit.name}=…`;
  const what = limit.words(limit.amount(most));
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
