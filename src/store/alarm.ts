/** A wait that can be cut short. A wake-up that comes while nobody waits ends the next wait at once. */
export interface Alarm {
  wake(): void;
  wait(ms: number): Promise<void>;
}

export function createAlarm(): Alarm {
  let woken = false;
  let endWait: () => void = () => undefined;
  return {
    wake: () => {
      woken = true;
      endWait();
    },
    wait: async (ms) => {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        endWait = () => {
          clearTimeout(timer);
          resolve();
        };
        if (woken) endWait();
      });
      woken = false;
    },
  };
}
