import { AtomError, systemCode } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Store } from '../domain/store.ts';
import {
  endUndoRun,
  forgetUndoRun,
  insertUndoRun,
  type UndoRecord,
  undoRuns,
} from '../store/tables/undo-runs.ts';
import { differenceAfter } from './after.ts';
import { memoryChunks } from './chunks.ts';
import type { Contents } from './contents.ts';
import { asBytes, type Manifest } from './entry.ts';
import { readManifest } from './history.ts';
import { encodeDifference, encodeManifest } from './manifest-text.ts';
import { identityOf } from './open-folder.ts';
import { type Former, type Place, takeManifest } from './take.ts';

/** A run that is about to change something. */
export interface Change {
  readonly run: string;
  readonly action: string;
  readonly words: readonly string[];
  readonly session?: string;
  /** Real path of the jail's folder. */
  readonly folder: string;
  /** The one file in it that may change, relative to it. */
  readonly path?: string;
}

export interface SnapshotDeps {
  readonly store: Store;
  readonly contents: Contents;
  readonly now: () => number;
  readonly log: Log;
}

/** What a folder was like before a run. */
export interface Snapshot {
  readonly change: Change;
  readonly manifest: Manifest;
}

export interface Snapshots {
  /** Takes one. Throws AtomError `blocked` where not everything can be kept, `unavailable` without room. */
  take(change: Change): Promise<Snapshot>;
  /** Notes what is different after the run; one that changed nothing is forgotten. */
  end(snapshot: Snapshot): Promise<void>;
}

/** Folders of which the last manifest is kept in memory. */
const MOST_REMEMBERED = 4;

interface Known {
  readonly sha: string;
  readonly manifest: Manifest;
}

export function createSnapshots(deps: SnapshotDeps): Snapshots {
  const { store, contents, log } = deps;
  const known = new Map<string, Known>();
  const remember = (folder: string, found: Known): void => {
    known.delete(folder);
    known.set(folder, found);
    for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - MOST_REMEMBERED)))
      known.delete(oldest);
  };
  return {
    take: async (change) => {
      const { folder } = change;
      const former = known.get(folder) ?? (await lastKnown(deps, folder));
      const found = await takeNow(deps, change, former);
      if (change.path === undefined) remember(folder, found);
      return { change, manifest: found.manifest };
    },
    end: async ({ change, manifest }) => {
      const { changed, ...difference } = await differenceAfter(placeOf(deps, change), manifest);
      if (changed === 0) return void (await forgetUndoRun(store, change.run));
      await contents.keep(
        (pack) => pack.add(memoryChunks(encodeDifference(difference)), contents.has),
        async (sql, after) => void (await endUndoRun(sql, change.run, { after, changed })),
      );
      log.debug(`${changed} paths changed`, { run: change.run });
    },
  };
}

const placeOf = ({ now }: SnapshotDeps, { folder, path }: Change): Place => ({
  folder,
  now,
  ...(path === undefined ? {} : { path: asBytes(path) }),
});

async function takeNow(
  deps: SnapshotDeps,
  change: Change,
  last: Known | undefined,
): Promise<Known> {
  const { contents, log } = deps;
  const folderId = identityOf(change.folder);
  const former: Former = { tree: last?.manifest.tree ?? new Map(), has: contents.has };
  try {
    return await contents.keep(
      async (pack) => {
        const taken = await takeManifest(placeOf(deps, change), former, (chunks) =>
          pack.add(chunks, contents.has),
        );
        if (taken.odd.length > 0)
          log.warn(`sockets, pipes and devices cannot be kept: ${taken.odd.length}`, {
            folder: change.folder,
          });
        if (!taken.changed && last && contents.has(last.sha)) return last;
        const { manifest } = taken;
        const sha = await pack.add(memoryChunks(encodeManifest(manifest)), contents.has);
        return { sha, manifest };
      },
      async (sql, { sha }) => {
        const record = recordOf(deps, change, { folderId, before: sha });
        if ((await insertUndoRun(sql, record)) === 0)
          throw new AtomError('blocked', 'this run has a copy from before it began');
      },
    );
  } catch (error) {
    throw noRoom(error) ?? error;
  }
}

const recordOf = (
  { now }: SnapshotDeps,
  { run, action, words, folder, session, path }: Change,
  found: Pick<UndoRecord, 'folderId' | 'before'>,
): Omit<UndoRecord, 'code' | 'after' | 'changed' | 'undone'> => ({
  run,
  action,
  words,
  folder,
  at: now(),
  ...found,
  ...(session === undefined ? {} : { session }),
  ...(path === undefined ? {} : { path: asBytes(path) }),
});

/** After a start, what the newest snapshot of the folder knew. */
async function lastKnown(
  { store, contents, log }: SnapshotDeps,
  folder: string,
): Promise<Known | undefined> {
  const runs = await undoRuns(store, { limit: 100 });
  const last = runs.find((run) => run.folder === folder && run.path === undefined);
  if (!last) return undefined;
  try {
    return { sha: last.before, manifest: await readManifest(contents, last.before) };
  } catch (error) {
    // Then everything is read anew.
    log.warn(`an earlier snapshot cannot be read: ${String(error)}`);
    return undefined;
  }
}

const noRoom = (error: unknown): AtomError | undefined =>
  ['ENOSPC', 'EDQUOT'].includes(systemCode(error) ?? '')
    ? new AtomError('unavailable', 'The disk has no room for a copy of what would change.', {
        cause: error,
        next: ['Make room, or ask for something that changes nothing.'],
      })
    : undefined;
