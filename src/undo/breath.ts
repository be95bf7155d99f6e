import { setImmediate } from 'node:timers/promises';

/** Lets everybody else have a turn now and then during long work. */
export interface Breath {
  /** Counts one small step, such as a look at a file; pauses after some hundreds. */
  step(): Promise<void> | undefined;
  /** Pauses now. */
  pause(): Promise<void>;
}

/** About three milliseconds of looking at files. */
const STEPS = 400;

export function createBreath(): Breath {
  let steps = 0;
  const pause = async (): Promise<void> => {
    steps = 0;
    await setImmediate();
  };
  return {
    pause,
    step: () => {
      steps += 1;
      return steps < STEPS ? undefined : pause();
    },
  };
}
