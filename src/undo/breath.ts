import { setImmediate } from 'node:timers/promises';

/** Lets everybody else have a turn now and then during long work. */
export interface Breath {
  /**
   * Counts a step, in looks at a file: 1 unless told. Pauses after some hundreds; nothing to wait for
   * otherwise.
   */
  step(looks?: number): Promise<void> | undefined;
  /** Pauses now. */
  pause(): Promise<void>;
}

/** About five milliseconds of looking at files. */
const STEPS = 400;

/** What else takes how long, in looks. */
export const LOOKS = { read: 5, compress: 20, write: 40 } as const;

export function createBreath(): Breath {
  let steps = 0;
  const pause = async (): Promise<void> => {
    steps = 0;
    await setImmediate();
  };
  return {
    pause,
    step: (looks = 1) => {
      steps += looks;
      return steps < STEPS ? undefined : pause();
    },
  };
}
