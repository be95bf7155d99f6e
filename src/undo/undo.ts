import type { Clock } from '../base/clock.ts';
import { AtomError, asAtomError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Store } from '../domain/store.ts';
import type { Covers, Restored, UndoPlan, UndoRun } from '../domain/undo.ts';
import { openContents } from './contents.ts';
import { coverageOf, createCoverages } from './coverage.ts';
import type { RestoreWish } from './find-run.ts';
import { forget, prune } from './prune.ts';
import { createQueue } from './queue.ts';
import { createRestorer, type RestoreOrder } from './restore.ts';
import { type Change, createSnapshots, type Snapshot } from './snapshots.ts';

export interface UndoDeps {
  readonly store: Store;
  /** Where contents are kept: outside every jail, for nobody but the owner. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  /** What all contents together may take on the disk, in bytes; 2 GiB unless told. */
  readonly room?: number;
  /** A turn as the only one who writes in a folder; undefined once the signal aborts. */
  turn(folder: string, signal: AbortSignal): Promise<(() => void) | undefined>;
}

/** Snapshots before changes, and the way back. */
export interface Undo {
  readonly covers: Covers;
  /** True while a run that may change anything in a folder is under way. */
  busy(folder: string): boolean;
  /**
   * Takes a snapshot, once no other run that changes the same folder is under way. Every call that did
   * not throw needs its `after`. False where it was stopped before its turn came. Throws AtomError `blocked` or `unavailable` where it cannot be taken:
   * then the run must not begin.
   */
  before(change: Change, signal: AbortSignal): Promise<boolean>;
  /** Notes what the run changed; nothing for a run without a snapshot. */
  after(run: string): Promise<void>;
  /** The newest first; of one session, where one is given. */
  list(wish: { readonly limit: number; readonly session?: string }): Promise<readonly UndoRun[]>;
  /** What taking a run back would do. Throws AtomError `not-found`. */
  plan(wish: RestoreWish): Promise<UndoPlan>;
  /**
   * Takes a run back as `plan` said, on behalf of run `by`. Throws AtomError `blocked` where that is no
   * longer what would happen.
   */
  restore(order: RestoreOrder, signal: AbortSignal): Promise<Restored>;
  /** Drops the copies of runs, by their ids: they can be taken back no more. Resolves to how many. */
  forget(runs: ReadonlySet<string>): Promise<number>;
  /** Forgets what is too old or too much. */
  prune(): Promise<void>;
}

/** Opens the store of snapshots. */
export async function createUndo(deps: UndoDeps): Promise<Undo> {
  const { store, clock, log } = deps;
  const contents = await openContents(store, deps.folder);
  const parts = { store, contents, log, now: clock.now };
  const snapshots = createSnapshots(parts);
  const restorer = createRestorer({ ...parts, turn: deps.turn });
  const coverages = createCoverages(clock);
  const [folders, one] = [createQueue(), createQueue()];
  const open = new Map<string, { readonly snapshot: Snapshot; leave(): void }>();
  /** The store of contents is for one at a time: nothing is removed while somebody counts on it. */
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    const leave = await one.enter('');
    try {
      return await work();
    } finally {
      leave?.();
    }
  };
  const pruneNow = (): Promise<void> =>
    alone(async () => {
      const room = deps.room === undefined ? {} : { bytes: deps.room };
      const when = { now: clock.now(), open: new Set(open.keys()) };
      try {
        const dropped = await prune({ ...parts, ...room }, when);
        if (dropped > 0) log.info(`${dropped} old runs can no longer be undone`);
      } catch (error) {
        // The copies are all there still; the next time may go better.
        log.error(`no room was given back: ${asAtomError(error).message}`);
      }
    });
  const take = async (change: Change): Promise<Snapshot> => {
    try {
      const snapshot = await alone(() => snapshots.take(change));
      if (change.path === undefined)
        coverages.note(change.folder, coverageOf(snapshot.manifest.left));
      return snapshot;
    } catch (error) {
      const { code, message, next } = asAtomError(error);
      if (change.path === undefined) coverages.note(change.folder, { ok: false, why: message });
      throw code === 'unavailable' ? error : notCovered(message, next);
    }
  };
  return {
    covers: coverages.covers,
    busy: (folder) => [...open.values()].some(({ snapshot }) => holds(snapshot.change, folder)),
    before: async (change, signal) => {
      // One file is looked at by itself, so nobody else's changes get mixed in.
      const key = change.path === undefined ? change.folder : `${change.folder}/${change.path}`;
      const leave = await folders.enter(key, signal);
      if (!leave) return false;
      try {
        open.set(change.run, { snapshot: await take(change), leave });
        return true;
      } catch (error) {
        leave();
        throw error;
      }
    },
    after: async (run) => {
      const found = open.get(run);
      if (!found) return;
      try {
        await alone(() => snapshots.end(found.snapshot));
      } finally {
        open.delete(run);
        found.leave();
      }
      await pruneNow();
    },
    list: restorer.list,
    plan: (wish) => alone(() => restorer.plan(wish)),
    restore: (order, signal) => alone(() => restorer.restore(order, signal)),
    forget: (wanted) => alone(() => forget(parts, { wanted, open: new Set(open.keys()) })),
    prune: pruneNow,
  };
}

/** One file that is being written holds up nobody else. */
const holds = ({ folder, path }: Change, wanted: string): boolean =>
  folder === wanted && path === undefined;

const notCovered = (why: string, next: readonly string[]): AtomError =>
  new AtomError('blocked', `No copy could be made before the change: ${why}.`, {
    next: [...next, 'Ask again: then it is asked about as something that cannot be undone.'],
  });
