import { AtomError, asAtomError, systemCode } from '../../base/errors.ts';
import { isInside } from '../../domain/jail-choice.ts';
import { asBytes, asText } from './byte-path.ts';
import { type Eyes, lstatIfThere, openEyes } from './eyes.ts';
import { findItems } from './find-items.ts';
import { type Item, isKnown, marksOf } from './item.ts';
import { type Left, NOTHING, named, notesOn } from './left.ts';
import type { Pending } from './pending.ts';
import type { Place } from './place.ts';
import { clearSetId, setIdsIn } from './set-ids.ts';
import { type TakeOutDeps, takeOut } from './take-out.ts';

/** `trouble` says what could not be done: then it has to be tried again before anything else runs. */
export interface Settled extends Left {
  readonly trouble?: string;
}

/**
 * Looks at a jail after a run, moves out what is new among what other programs would run, and tells what
 * is new besides. Never throws for what stands in the way of that.
 */
export async function settle(deps: TakeOutDeps, pending: Pending): Promise<Settled> {
  const eyes = openEyes(pending.folder, deps.most);
  try {
    const { fresh, setIds } = await look(eyes, pending);
    for (const path of setIds) clearSetId(eyes, path);
    const moves = outermost(fresh.filter(({ fate }) => fate === 'move'));
    const moved = takeOut(deps, { eyes, pending }, moves);
    const left = { quarantined: moved.done.map(asText), notes: notesOn(fresh, setIds) };
    return moved.why === undefined
      ? left
      : { ...left, trouble: troubleWith(moved.left, wordsFor(moved.why)) };
  } catch (error) {
    return { ...NOTHING, trouble: `What it left could not be looked at: ${wordsFor(error)}` };
  } finally {
    eyes.close();
  }
}

/** What everything is known by that other programs would run already. Throws AtomError `blocked`. */
export async function knownIn(
  { folder, unprotected }: Place,
  most: number | undefined,
): Promise<readonly string[]> {
  const eyes = openEyes(folder, most);
  try {
    return marksOf(await findItems(eyes, unprotected));
  } finally {
    eyes.close();
  }
}

async function look(
  eyes: Eyes,
  { known, unprotected, since }: Pending,
): Promise<{ readonly fresh: readonly Item[]; readonly setIds: readonly string[] }> {
  const before = new Set(known);
  const setIds: string[] = [];
  const items = await findItems(eyes, unprotected, (path, entries) =>
    setIds.push(...setIdsIn(eyes, { path, entries }, since)),
  );
  return { fresh: items.filter((item) => !isKnown(item, before)), setIds };
}

const outermost = (items: readonly Item[]): readonly string[] => {
  const paths = [...new Set(items.map(({ path }) => path))];
  return paths.filter((path) => !paths.some((other) => other !== path && isInside(other, path)));
};

const troubleWith = (paths: readonly string[], why: string): string =>
  `What it left could not be moved out of the jail (${why}), and other programs would run it: ${named(paths)}`;

const wordsFor = (error: unknown): string =>
  error instanceof AtomError ? error.message : (systemCode(error) ?? asAtomError(error).message);

/** Whether the folder of a note or an entry is still the one that it was. */
export const isThere = ({ folder, folderId }: Pick<Pending, 'folder' | 'folderId'>): boolean =>
  // The number of a device may be another one after the machine was started again.
  folderId.split(':')[1] === String(lstatIfThere(asBytes(folder))?.ino);
