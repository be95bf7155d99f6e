import { dirname } from 'node:path';
import type { Prepared, Touch } from '../../domain/action.ts';
import { cleanLabels, joinLabels, type Labels } from '../../domain/label.ts';
import { isInsideLoosely } from '../../domain/same-path.ts';
import type { Store } from '../../domain/store.ts';
import { allTaints, type Taint } from '../../store/tables/taints.ts';

export interface HeldDeps {
  readonly store: Store;
  /** Absolute paths that the owner marked private. */
  readonly privates: () => readonly string[];
  readonly exists: (path: string) => boolean;
  /** A file's name for people: relative to its jail. */
  readonly nameOf: (path: string) => string;
}

/** The label of some files together, and the names of those that gave it. */
export interface Held {
  readonly labels: Labels;
  readonly files: readonly string[];
  /** Of those, the ones that hold secrets. */
  readonly secrets: readonly string[];
}

export const nothingHeld: Held = { labels: cleanLabels, files: [], secrets: [] };

/** What is in the files that a run reads, as they are tainted and marked private now. */
export async function heldBy(deps: HeldDeps, run: string, prepared: Prepared): Promise<Held> {
  const { reads = [] } = prepared;
  // Its own taints say what it may write, not what it reads.
  const taints = (await allTaints(deps.store)).filter(
    (taint) =>
      taint.run !== run && reads.some((read) => meets(taint, read)) && deps.exists(taint.path),
  );
  const marked = deps
    .privates()
    .filter((path) => reads.some((read) => isInsideLoosely(path, read.path)));
  const secret = taints.filter(({ labels }) => labels.confidentiality === 'secret');
  const labels = [
    ...taints.map((taint) => taint.labels),
    ...marked.map((): Labels => ({ ...cleanLabels, confidentiality: 'secret' })),
  ].reduce(joinLabels, cleanLabels);
  return {
    labels,
    files: namesOf(deps, [...taints.map(pathOf), ...marked]),
    secrets: namesOf(deps, [...secret.map(pathOf), ...marked]),
  };
}

const pathOf = ({ path }: Taint): string => path;

const namesOf = ({ nameOf }: HeldDeps, paths: readonly string[]): readonly string[] =>
  [...new Set(paths)].map(nameOf);

function meets({ path }: Taint, { path: read, how }: Touch): boolean {
  if (isInsideLoosely(path, read)) return true;
  if (how === 'below') return isInsideLoosely(read, path);
  return (
    how === 'names' && isInsideLoosely(read, dirname(path)) && isInsideLoosely(dirname(path), read)
  );
}
