import type { LogLine } from '../../base/log.ts';
import { visible } from '../../base/visible.ts';

/** A log line for people: `10:02:11 telegram  text  key=value`. Warnings and errors say so in words. */
export function logText({ at, level, part, text, fields }: LogLine): string {
  const time = new Date(at).toLocaleTimeString('en-GB');
  const loud = level === 'warn' || level === 'error' ? `${level.toUpperCase()} ` : '';
  const pairs = Object.entries(fields).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [time, part.padEnd(9), visible(`${loud}${[text, ...pairs].join('  ')}`)].join(' ');
}
