import { visible } from '../base/visible.ts';
import type { Ending } from './jail.ts';

const ENDINGS = {
  time: 'it took too long',
  memory: 'it needed too much memory',
  output: 'what it said or printed was too much',
  disk: 'it wrote too much',
  processes: 'it started too many processes',
  stopped: 'it was stopped',
} as const;

/**
 * Why a process that was to go on is over, in words: its last lines of what it printed are part of them, with
 * `between` between two of them.
 */
export function endingWords(ending: Ending, printed: string, between: string): string {
  if (ending.kind !== 'exit' && ending.kind !== 'signal') return ENDINGS[ending.kind];
  const how = ending.kind === 'exit' ? `with exit code ${ending.code}` : `by ${ending.signal}`;
  const said = printed.split('\n').filter(saysSomething).slice(-3).map(visible).join(between);
  return `it ended ${how}${said === '' ? '' : `: ${said}`}`;
}

/** Where in its code Node was tells nobody anything here. */
const saysSomething = (line: string): boolean => !/^\s*(at .*|Node\.js v[\d.]+)?$/.test(line);
