import { join } from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { pruneKept } from './kept.ts';
import { type Left, NOTHING } from './left.ts';
import type { Rename } from './move.ts';
import { openPending, type Pending } from './pending.ts';
import type { Place } from './place.ts';
import { isThere, knownIn, type Settled, settle } from './settle.ts';

export interface QuarantineDeps {
  /** Where it is kept, outside every jail; made on first need, for nobody but the owner. */
  readonly root: string;
  readonly clock: Clock;
  /** How something is renamed; by the system unless told. */
  readonly rename?: Rename;
  /** How many entries of a jail are looked at; 50,000 unless told. */
  readonly most?: number;
}

/** What commands leave that other programs would run or trust, moved out of their jails. */
export interface Quarantine {
  /**
   * Looks at what a run left that was never looked at: atom was killed, or the disk was full. Throws
   * AtomError `blocked` where it still cannot be moved out: then nothing may run in that folder.
   */
  catchUp(folder: string): Promise<Left>;
  /**
   * Notes what is there before a run that may write; the caller has the only turn in the folder. What it
   * returns must be called once nothing of the run is alive any more, and never throws. Throws AtomError `blocked` where
   * it cannot be noted: then the run must not begin.
   */
  note(place: Place): Promise<() => Promise<Left>>;
  /** Catches up in all of these folders, and forgets what is too old. Says what was moved and what could not be. */
  recover(folders: readonly string[]): Promise<readonly (Settled & { readonly folder: string })[]>;
}

export function createQuarantine({ root, clock, rename, most }: QuarantineDeps): Quarantine {
  const notes = openPending(join(root, 'pending'));
  const deps = { root, now: clock.now, rename, most };
  const settleNow = async (pending: Pending): Promise<Settled> => {
    const settled = isThere(pending) ? await settle(deps, pending) : NOTHING;
    if (!('trouble' in settled)) {
      notes.remove(pending.folder);
      if (settled.quarantined.length > 0) pruneKept(root, clock.now());
    }
    return settled;
  };
  const waiting = new Map<string, Promise<Settled>>();
  /** Two commands that only look may come at the same time. */
  const settleOnce = (folder: string): Promise<Settled> => {
    const pending = waiting.has(folder) ? undefined : notes.read(folder);
    if (pending)
      waiting.set(
        folder,
        settleNow(pending).finally(() => waiting.delete(folder)),
      );
    return waiting.get(folder) ?? Promise.resolve(NOTHING);
  };
  return {
    catchUp: async (folder) => {
      if (!notes.has(folder)) return NOTHING;
      const { trouble, ...left } = await settleOnce(folder);
      if (trouble !== undefined) throw notYet(folder, trouble);
      return left;
    },
    note: async (place) => {
      const pending = notes.write({ ...place, known: await knownIn(place, most) });
      return async () => {
        const { trouble, ...left } = await settleNow(pending);
        return trouble === undefined ? left : { ...left, notes: [...left.notes, loud(trouble)] };
      };
    },
    recover: async (folders) => {
      pruneKept(root, clock.now());
      const mine = notes.all().filter(({ folder }) => folders.includes(folder));
      const settled = [];
      for (const { folder } of mine) settled.push({ folder, ...(await settleOnce(folder)) });
      return settled;
    },
  };
}

/** For jails that are thrown away after one run. */
export const noQuarantine: Quarantine = {
  catchUp: async () => NOTHING,
  note: async () => async () => NOTHING,
  recover: async () => [],
};

const loud = (trouble: string): string =>
  `ATTENTION: ${trouble}. Touch nothing there. No command runs in this jail until it can be moved out.`;

const notYet = (folder: string, trouble: string): AtomError =>
  new AtomError(
    'blocked',
    `No command runs in ${visible(folder)}. An earlier one wrote there: ${trouble}.`,
    {
      next: ['Make room on the disk, or remove by hand what is named here; then ask again.'],
    },
  );
