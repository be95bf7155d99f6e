import { clockTime } from '../../base/clock.ts';
import type { LogLine } from '../../base/log.ts';
import { visible } from '../../base/visible.ts';
import { type Row, span, type Tone } from '../text/spans.ts';

const TONES: Readonly<Record<LogLine['level'], Tone>> = {
  debug: 'dim',
  info: 'dim',
  warn: 'caution',
  error: 'danger',
};

/** `10:02 telegram  message from 42`: only warnings and errors may be longer than a row of the screen. */
export function logRow({ at, level, part, text }: LogLine): Row {
  const line = `${clockTime(at)} ${visible(part).padEnd(9)} ${visible(text)}`;
  if (level === 'info' || level === 'debug') return [{ text: line, tone: 'dim', cut: true }];
  return [span(`${line} `, TONES[level]), span(`(${level})`, 'dim')];
}

/** What the screen shows of the log; `atom logs` has everything. */
export const isShown = ({ level }: LogLine): boolean => level !== 'debug';
