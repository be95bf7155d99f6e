import { duration } from '../base/clock.ts';
import { visible } from '../base/visible.ts';
import type { LiveRun } from '../domain/live-run.ts';

const STOP = 'To stop it: /stop';

/** How a run goes. In a group others read along, so only that something runs is said there. */
export function runningText(run: LiveRun, isGroup: boolean): string {
  const time = duration(run.elapsedMs());
  if (isGroup) return `Still running (${time}). ${STOP}`;
  const lines = run.lines();
  return [
    `Running (${time}): ${wordsOf(run)}`,
    ...(lines.length > 0 ? ['', ...lines, ''] : []),
    STOP,
  ]
    .join('\n')
    .toWellFormed();
}

/** What its message says once it is over and the answer is another one. */
export const ranText = (run: LiveRun, isGroup: boolean): string =>
  isGroup
    ? `Ran for ${duration(run.elapsedMs())}.`
    : `Ran for ${duration(run.elapsedMs())}: ${wordsOf(run)}`;

const wordsOf = ({ words }: LiveRun): string =>
  visible(words.join(' ')).slice(0, 300).toWellFormed();
