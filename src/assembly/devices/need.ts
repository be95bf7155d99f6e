import { bootstrapRow } from '../../store/tables/bootstrap.ts';
import type { DeviceParts } from './parts.ts';

/** Whether anybody could connect from beyond this machine at all, and who wants to know. */
export interface Need {
  now(): Promise<boolean>;
  changed(): void;
  /** There is a setup code for so long; then it may be another answer. */
  until(seconds: number): void;
  /** Returns how to stop. */
  on(listener: () => void): () => void;
  close(): void;
}

/** A moment more, so that what has just expired has. */
const LATE_MS = 100;

export function createNeed({ records, roster }: DeviceParts): Need {
  const { store, steady, boot } = records;
  const listeners = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    changed,
    now: async () => {
      const code = await bootstrapRow(store);
      if (code && code.boot === boot && code.expiresAt > steady.now()) return true;
      return (await roster.list()).some(({ revokedAt }) => revokedAt === undefined);
    },
    until: (seconds) => {
      clearTimeout(timer);
      timer = setTimeout(changed, seconds * 1000 + LATE_MS);
      timer.unref();
      changed();
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => clearTimeout(timer),
  };
}
