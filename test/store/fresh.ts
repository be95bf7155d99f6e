import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import type { Store } from '../../src/domain/store.ts';
import { openStore } from '../../src/store/open.ts';
import type { Claim, LaneWork } from '../../src/store/tables/lanes.ts';

/** Nobody cuts the power here, and thousands of commits would wait for a disk. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const newFolder = (): string => mkdtempSync(join(memory, 'atom-store-'));

/** A folder of its own, gone after the test. */
export function freshFolder(): string {
  const folder = newFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

let empty: Promise<Uint8Array> | undefined;

/** Leaves an empty database of the newest version at `file`: a process goes through the migrations once. */
export async function leaveEmptyStore(file: string): Promise<void> {
  empty ??= makeEmptyStore();
  writeFileSync(file, await empty, { mode: 0o600 });
}

async function makeEmptyStore(): Promise<Uint8Array> {
  const folder = newFolder();
  const file = join(folder, 'empty.db');
  await (await openStore({ file })).close();
  const bytes = readFileSync(file);
  rmSync(folder, { recursive: true });
  return bytes;
}

/** A real database, closed and gone after the test: in a folder of its own, or what is at `given`. */
export async function freshStore(
  given?: string,
): Promise<{ readonly store: Store; readonly file: string }> {
  const file = given ?? join(freshFolder(), 'atom.db');
  if (given === undefined) await leaveEmptyStore(file);
  const store = await openStore({ file });
  onTestFinished(async () => {
    await store.close().catch(() => undefined);
  });
  return { store, file };
}

/** The same for all tests of a file: closed and gone after the last. */
export async function storeForAll(): Promise<Store> {
  const folder = newFolder();
  const file = join(folder, 'atom.db');
  await leaveEmptyStore(file);
  const store = await openStore({ file });
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
