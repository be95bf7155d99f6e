import { clockTime } from '../../base/clock.ts';
import type { LogLine } from '../../base/log.ts';
import { visible } from '../../base/visible.ts';
import { type Row, row, span, type Tone } from '../text/spans.ts';
import { clip } from '../text/wrap.ts';

const TONES: Readonly<Record<LogLine['level'], Tone>> = {
  debug: 'dim',
  info: 'dim',
  warn: 'caution',
  error: 'danger',
};

/** `10:02 telegram  message from 42`: one row; only warnings and errors may be longer than a row. */
export function logRow({ at, level, part, text }: LogLine, columns: number): Row {
  const line = `${clockTime(at)} ${visible(part).padEnd(9)} ${visible(text)}`;
  if (level === 'info' || level === 'debug') return row(clip(line, columns), 'dim');
  return [span(`${line} `, TONES[level]), span(`(${level})`, 'dim')];
}

/** What the screen shows of the log; `atom logs` has everything. */
export const isShown = ({ level }: LogLine): boolean => level !== 'debug';
