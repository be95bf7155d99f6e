import { mkdirSync, realpathSync } from 'node:fs';
import { AtomError, systemCode } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import { asBytes, asText, below, forSystem } from './byte-path.ts';
import { lstatIfThere } from './eyes.ts';
import { findKept, itemPath, type Kept, removeEntry } from './kept.ts';
import { moveBack } from './move.ts';
import { isThere } from './settle.ts';

/** What would be put back, and where to: `top` is a real folder, a byte string. */
export interface RestorePlan {
  readonly entry: Kept;
  readonly top: string;
  readonly items: readonly { readonly from: string; readonly path: string }[];
}

/**
 * Where an entry would go: to where it was, or below another folder. Throws AtomError `not-found` where the
 * entry or the folder is missing, `blocked` where something is in the way or the jail is another folder now.
 */
export function planRestore(
  root: string,
  { id, to }: { readonly id: string; readonly to?: string | undefined },
): RestorePlan {
  const entry = findKept(root, id);
  if (to === undefined && !isThere(entry)) throw elsewhere(entry);
  const top = asBytes(to === undefined ? entry.folder : realFolder(to));
  const items = entry.items
    .map(({ at }, index) => ({ from: itemPath(root, id, index), path: at }))
    .filter(({ from }) => lstatIfThere(from));
  if (items.length === 0) throw new AtomError('not-found', `Nothing is left of ${id}.`);
  for (const { path } of items) if (lstatIfThere(below(top, path))) throw taken(below(top, path));
  return { entry, top, items };
}

/** Puts it there, and forgets the entry. Throws AtomError `blocked` at a link on the way, and system errors. */
export function restore(root: string, { entry, top, items }: RestorePlan): readonly string[] {
  for (const { from, path } of items) {
    makeFolders(top, path.split('/').slice(0, -1));
    moveBack(from, { top, path });
  }
  removeEntry(root, entry.id);
  return items.map(({ path }) => asText(below(top, path)));
}

/** What a command made besides what was moved out may be gone by now. */
function makeFolders(top: string, parts: readonly string[]): void {
  parts.forEach((_, i) => {
    const path = below(top, parts.slice(0, i + 1).join('/'));
    const stats = lstatIfThere(path);
    if (!stats) mkdirSync(forSystem(path));
    else if (!stats.isDirectory()) throw taken(path);
  });
}

function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    if (systemCode(cause) === undefined) throw cause;
    throw new AtomError('not-found', `There is no folder ${visible(path)}.`, { cause });
  }
}

const taken = (path: string): AtomError =>
  new AtomError('blocked', `Something is in its place already: ${visible(asText(path))}`, {
    next: ['Move that away first, or say where else:   atom quarantine restore <id> --to <folder>'],
  });

const elsewhere = ({ id, folder }: Kept): AtomError =>
  new AtomError('blocked', `${visible(folder)} is no longer the folder it was.`, {
    next: [`Say where to:   atom quarantine restore ${id} --to <folder>`],
  });
