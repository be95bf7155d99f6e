import { closeSync, openSync, rmSync } from 'node:fs';
import { asAtomError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Store } from '../domain/store.ts';
import { UNDO_DAYS } from '../domain/undo.ts';
import {
  allContents,
  allPacks,
  type ContentRow,
  forgetPack,
} from '../store/tables/undo-contents.ts';
import {
  forgetUndoRun,
  oldestUndoRun,
  type UndoRecord,
  undoRuns,
} from '../store/tables/undo-runs.ts';
import { STORE_BYTES } from './caps.ts';
import type { Contents } from './contents.ts';
import { readManifest } from './history.ts';
import type { PackWriter } from './pack.ts';

export interface PruneDeps {
  readonly store: Store;
  readonly contents: Contents;
  readonly log: Log;
  /** What all contents together may take; `STORE_BYTES` unless told. */
  readonly bytes?: number;
}

/**
 * Forgets runs by their ids, but for those under way (`open`), and removes every copy that no other run
 * needs, whatever it costs: what was deleted on purpose may have been a secret. Resolves to how many.
 */
export async function forget(
  deps: PruneDeps,
  { wanted, open }: { readonly wanted: ReadonlySet<string>; readonly open: ReadonlySet<string> },
): Promise<number> {
  const runs = await undoRuns(deps.store, { limit: Number.MAX_SAFE_INTEGER });
  const dropped = runs.filter(({ run }) => wanted.has(run) && !open.has(run));
  const live = new Set<string>();
  for (const run of runs)
    if (!dropped.includes(run)) for (const sha of await needed(deps, run, live)) live.add(sha);
  await deps.store.tx(async (sql) => {
    for (const { run } of dropped) await forgetUndoRun(sql, run);
  });
  await sweep(deps, live, 1);
  return dropped.length;
}

const DAY_MS = 86_400_000;
/** Room for the next ones, so that this is not done at each. */
const GOAL = 0.75;

/**
 * Forgets what is too old, and of the rest the oldest until it fits; gives the room back. `open` are
 * runs under way. Resolves to how many were forgotten.
 */
export async function prune(
  deps: PruneDeps,
  { now, open }: { readonly now: number; readonly open: ReadonlySet<string> },
): Promise<number> {
  const { store, bytes: most = STORE_BYTES } = deps;
  const oldest = now - UNDO_DAYS * DAY_MS;
  const total = (await allPacks(store)).reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= most && ((await oldestUndoRun(store)) ?? oldest) >= oldest) return 0;
  const runs = await undoRuns(store, { limit: Number.MAX_SAFE_INTEGER });
  const live = new Set<string>();
  const goal = total > most ? most * GOAL : most;
  const dropped = await choose(deps, { runs, open, oldest, goal }, live);
  await store.tx(async (sql) => {
    for (const { run } of dropped) await forgetUndoRun(sql, run);
  });
  await sweep(deps, live, GOAL);
  return dropped.length;
}

interface Choice {
  /** Newest first. */
  readonly runs: readonly UndoRecord[];
  readonly open: ReadonlySet<string>;
  readonly oldest: number;
  readonly goal: number;
}

/** The runs to forget; what the others need is added to `live`. */
async function choose(
  deps: PruneDeps,
  { runs, open, oldest, goal }: Choice,
  live: Set<string>,
): Promise<readonly UndoRecord[]> {
  const lengths = new Map((await allContents(deps.store)).map(({ sha, length }) => [sha, length]));
  let used = 0;
  let full = false;
  const dropped: UndoRecord[] = [];
  for (const run of runs) {
    const found = await needed(deps, run, live);
    const more = found.filter((sha) => !live.has(sha));
    const length = more.reduce((sum, sha) => sum + (lengths.get(sha) ?? 0), 0);
    full ||= used + length > goal;
    const stays = found.length > 0 && run.at >= oldest && !full;
    if (!stays && !open.has(run.run)) {
      dropped.push(run);
      continue;
    }
    used += length;
    for (const sha of more) live.add(sha);
  }
  return dropped;
}

/** What a run needs; nothing where it is damaged, and cannot be undone any more. */
const needed = (
  { contents, log }: PruneDeps,
  run: UndoRecord,
  live: ReadonlySet<string>,
): Promise<readonly string[]> =>
  neededBy(contents, run, live).catch((error: unknown) => {
    log.warn(`run ${run.code} cannot be undone any more: ${asAtomError(error).message}`);
    return [];
  });

async function neededBy(
  contents: Contents,
  { before, after }: UndoRecord,
  live: ReadonlySet<string>,
): Promise<readonly string[]> {
  const own = [before, ...(after === undefined ? [] : [after])];
  // Another run began with the very same, and all of it stays.
  if (live.has(before)) return own;
  const { tree } = await readManifest(contents, before);
  const files = [...tree.values()].flatMap((entry) =>
    entry.kind === 'file' && entry.sha !== undefined ? [entry.sha] : [],
  );
  return [...new Set([...own, ...files])];
}

/** Removes packs that hold nothing that is needed, and moves what is needed out of those with less than `full`. */
async function sweep(
  { store, contents, log }: PruneDeps,
  live: ReadonlySet<string>,
  full: number,
): Promise<void> {
  const rows = Map.groupBy(await allContents(store), ({ pack }) => pack);
  const thin: { readonly id: string; readonly needed: readonly ContentRow[] }[] = [];
  for (const { id, bytes } of await allPacks(store)) {
    const needed = (rows.get(id) ?? []).filter(({ sha }) => live.has(sha));
    const used = needed.reduce((sum, { length }) => sum + length, 0);
    if (used < bytes * full) thin.push({ id, needed });
  }
  await contents.keep(
    async (pack) => {
      for (const { id, needed } of thin) copyAll(pack, { file: contents.pathOf(id), needed }, log);
    },
    async (sql) => {
      for (const { id } of thin) await forgetPack(sql, id);
    },
  );
  for (const { id } of thin) rmSync(contents.pathOf(id), { force: true });
  await contents.reload();
}

/** What can no longer be read is lost; the rest is not lost with it. */
function copyAll(
  pack: PackWriter,
  { file, needed }: { readonly file: string; readonly needed: readonly ContentRow[] },
  log: Log,
): void {
  try {
    const fd = openSync(file, 'r');
    try {
      for (const spot of needed) pack.copy(fd, spot);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    log.warn(`copies are lost: ${asAtomError(error).message}`);
  }
}
