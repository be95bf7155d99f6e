/** A time that is only used up while it is not held. */
export interface Allowance {
  /** Holds it while something is done. */
  during<T>(work: () => Promise<T>): Promise<T>;
  end(): void;
}

/** Calls `onOver` once `ms` were used up. */
export function createAllowance(ms: number, onOver: () => void): Allowance {
  let left = ms;
  let holds = 0;
  let since = performance.now();
  let timer = setTimeout(onOver, left);
  const hold = (): void => {
    if (holds++ > 0) return;
    clearTimeout(timer);
    left -= performance.now() - since;
  };
  const letGo = (): void => {
    if (--holds > 0) return;
    since = performance.now();
    timer = setTimeout(onOver, Math.max(0, left));
  };
  return {
    during: async (work) => {
      hold();
      return work().finally(letGo);
    },
    end: () => {
      // Held for good.
      hold();
    },
  };
}
