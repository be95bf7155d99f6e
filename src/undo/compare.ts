import { underAny } from './after.ts';
import { alike, type Entry, identical, parentOf, sameTime, type Tree } from './entry.ts';

/** A tree at three times. */
export interface Times {
  readonly before: Tree;
  /** When the run ended; undefined where that was not seen. */
  readonly after: Tree | undefined;
  readonly now: Tree;
  /** Folders that were left out at any of them. */
  readonly left: readonly string[];
}

/** One path to bring back to what it was: `before` undefined removes it. */
export interface Step {
  readonly path: string;
  readonly before: Entry | undefined;
  readonly now: Entry | undefined;
}

export interface Steps {
  /** Parents first. */
  readonly steps: readonly Step[];
  /** Changed again since the run ended. */
  readonly kept: readonly string[];
  /** Folders that nobody changed since, with the time they had before. */
  readonly times: readonly { readonly path: string; readonly mtime: number }[];
}

/**
 * What brings back everything that the run changed and nobody changed since. `force` also brings back
 * what was changed since; what the run did not touch is never touched.
 */
export function compare(times: Times, force: boolean): Steps {
  const isLeft = underAny(times.left);
  const made = new Map<string, Step>();
  const kept = new Set<string>();
  for (const path of pathsOf(times)) {
    if (isLeft(path)) continue;
    const verdict = verdictOn(times, { path, force, made });
    if (verdict === 'keep') kept.add(path);
    if (verdict === 'back')
      made.set(path, { path, before: times.before.get(path), now: times.now.get(path) });
  }
  for (const path of stillFull(times.now, made)) {
    made.delete(path);
    kept.add(path);
  }
  return { steps: [...made.values()], kept: [...kept].sort(), times: timesOf(times, force) };
}

/** Sorted, so that a folder comes before what is in it. */
const pathsOf = ({ before, after, now }: Times): readonly string[] =>
  [...new Set([...before.keys(), ...(after?.keys() ?? []), ...now.keys()])].sort();

interface Question {
  readonly path: string;
  readonly force: boolean;
  readonly made: ReadonlyMap<string, Step>;
}

function verdictOn(times: Times, { path, force, made }: Question): 'leave' | 'keep' | 'back' {
  const { before, after, now } = times;
  const [was, is] = [before.get(path), now.get(path)];
  if (after && identical(was, after.get(path))) return 'leave';
  if (identical(was, is)) return 'leave';
  const asItLeft = after !== undefined && alike(after.get(path), is);
  if (!force && !asItLeft) return 'keep';
  // Where it belongs is gone, or something else by now.
  const parent = parentOf(path);
  const housed = !parent || now.get(parent)?.kind === 'folder' || made.has(parent);
  return was === undefined || housed ? 'back' : 'keep';
}

/** Folders that would be removed, but hold something that stays. */
function stillFull(now: Tree, made: ReadonlyMap<string, Step>): readonly string[] {
  const full = new Set<string>();
  const goes = (path: string): boolean => {
    const step = made.get(path);
    return step !== undefined && step.before === undefined && !full.has(path);
  };
  // What is in a folder comes before it.
  for (const path of [...now.keys()].sort().reverse()) {
    const parent = parentOf(path);
    if (parent !== undefined && !goes(path)) full.add(parent);
  }
  return [...full].filter((path) => {
    const step = made.get(path);
    return step?.now?.kind === 'folder' && step.before?.kind !== 'folder';
  });
}

function timesOf({ before, after, now, left }: Times, force: boolean): Steps['times'] {
  if (!after && !force) return [];
  const isLeft = underAny(left);
  return [...before].flatMap(([path, was]) => {
    const is = now.get(path);
    const then = after ? after.get(path) : is;
    if (was.kind !== 'folder' || isLeft(path)) return [];
    const touchedSince = is !== undefined && !sameTime(then?.mtime ?? 0, is.mtime);
    return touchedSince ? [] : [{ path, mtime: was.mtime }];
  });
}
