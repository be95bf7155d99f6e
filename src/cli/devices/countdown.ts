import { systemClock } from '../../base/clock.ts';
import type { Cli } from '../cli.ts';

export interface Countdown {
  /** Resolves once the time is up. */
  readonly over: Promise<void>;
  stop(): void;
}

/** What a screen reader is told of, seconds before the end. */
const SAID = [60, 30, 10];
const SECOND_MS = 1000;

/** Counts a time down on stderr: in one line that changes, or, where nothing may, at a few moments. */
export function startCountdown({ env, flags, out }: Cli, endsAt: number): Countdown {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const redraws = !flags.plain && !flags.quiet && !env.screenReader && env.term !== 'dumb';
  const tick = (): void => {
    const seconds = Math.max(0, Math.ceil((endsAt - systemClock.now()) / SECOND_MS));
    if (redraws) process.stderr.write(`\r${lineOf(seconds)}`);
    else if (SAID.includes(seconds)) out.say(`${seconds} seconds are left.`);
    if (seconds === 0) resolve();
  };
  tick();
  const timer = setInterval(tick, SECOND_MS);
  return {
    over,
    stop: () => {
      clearInterval(timer);
      if (redraws) process.stderr.write('\n');
    },
  };
}

const lineOf = (seconds: number): string =>
  `single use · ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}  `;
