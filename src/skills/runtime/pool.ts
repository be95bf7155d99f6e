import type { SkillProcess } from './process.ts';

/**
 * Processes that were started ahead: each serves one call and is gone. Filled when no call is under way and
 * only once there was one, so that a gateway whose skills nobody uses carries none, and none slows its start;
 * emptied again when nobody called for a while.
 */
export interface Pool {
  /** One that is ready; undefined where there is none. */
  take(): SkillProcess | undefined;
  /** A call begins; what it returns says that the call is over. */
  begin(): () => void;
  /** How many are ready. */
  ready(): number;
  /** Ends those that wait, and starts no more. */
  close(): Promise<void>;
}

export interface PoolDeps {
  /** How many wait; none where 0. */
  readonly size: number;
  start(): SkillProcess;
}

/** Whoever calls again at once comes first. */
const FILL_AFTER_MS = 50;
const IDLE_MS = 10 * 60_000;

export function createPool({ size, start }: PoolDeps): Pool {
  const all = new Set<SkillProcess>();
  const ready = new Set<SkillProcess>();
  let [calls, isClosed] = [0, false];
  let filling: NodeJS.Timeout | undefined;
  let emptying: NodeJS.Timeout | undefined;
  const drop = (process: SkillProcess): void => {
    all.delete(process);
    ready.delete(process);
  };
  const add = (): void => {
    const process = start();
    all.add(process);
    process.ready.then(() => all.has(process) && ready.add(process));
    // One that ends by itself is not replaced before the next call: whatever ended it may be there still.
    process.ended.then(
      () => drop(process),
      () => drop(process),
    );
  };
  const fill = (): void => {
    if (isClosed || calls > 0) return;
    while (all.size < size) add();
  };
  const empty = async (): Promise<void> => {
    const ends = [...all].map((process) => process.ended.catch(() => undefined));
    for (const process of all) process.end('stopped');
    await Promise.all(ends);
  };
  return {
    take: () => {
      const process = [...ready].find((one) => one.isAlive());
      if (process) drop(process);
      return process;
    },
    begin: () => {
      calls += 1;
      clearTimeout(filling);
      clearTimeout(emptying);
      return () => {
        calls -= 1;
        if (isClosed || calls > 0) return;
        filling = setTimeout(fill, FILL_AFTER_MS).unref();
        emptying = setTimeout(() => void empty(), IDLE_MS).unref();
      };
    },
    ready: () => ready.size,
    close: async () => {
      isClosed = true;
      clearTimeout(filling);
      clearTimeout(emptying);
      await empty();
    },
  };
}
