import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import type { Store } from '../../src/domain/store.ts';
import { openStore } from '../../src/store/open.ts';
import type { Claim, LaneWork } from '../../src/store/tables/lanes.ts';

/** A folder of its own, gone after the test. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'atom-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real database in a folder of its own, closed and gone after the test. */
export async function freshStore(
  file = join(freshFolder(), 'atom.db'),
): Promise<{ readonly store: Store; readonly file: string }> {
  const store = await openStore({ file });
  onTestFinished(async () => {
    await store.close().catch(() => undefined);
  });
  return { store, file };
}

/** The same for all tests of a file: closed and gone after the last. */
export async function storeForAll(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'atom-store-'));
  const store = await openStore({ file: join(folder, 'atom.db') });
  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return store;
}

/** Does a lane's work with a claim that was made before. */
export const workIn =
  <T>(store: Store, { take, work }: LaneWork<T>) =>
  async (claim: Claim, lost: AbortSignal): Promise<void> =>
    work(claim, await store.tx((sql) => take(sql, claim)), lost);

export interface HeldClock extends Clock {
  /** Moves on by `ms`; may be negative for the wall clock. */
  pass(ms: number): void;
}

/** A clock that stands still until it is told to move. */
export function heldClock(start = 1_700_000_000_000): HeldClock {
  let at = start;
  return {
    now: () => at,
    monotonic: () => at,
    pass: (ms) => {
      at += ms;
    },
  };
}
