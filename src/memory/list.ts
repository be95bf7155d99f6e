import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AtomError, systemCode } from '../base/errors.ts';
import { visible } from '../base/visible.ts';
import { type NotePlace, OWNER, type PlacedNote } from '../domain/memory.ts';
import { openFolder } from './folder.ts';

/** Whose notes the owner means; everybody's where nothing is said. */
export interface PlaceWish {
  readonly agent?: string | undefined;
  readonly person?: string | undefined;
}

export interface NoteWish extends PlaceWish {
  readonly note: string;
}

/** Every note of all agents that may be seen, or those that are wished for, the newest first. */
export async function allNotes(
  root: string,
  wish: PlaceWish & Partial<NoteWish>,
  isSeen: (note: PlacedNote) => boolean,
): Promise<readonly PlacedNote[]> {
  const notes: PlacedNote[] = [];
  for (const place of await wishedPlaces(root, wish)) {
    const folder = openFolder(root, place);
    for (const { name } of await folder.files()) {
      const note = (wish.note ?? name) === name ? await folder.read(name) : undefined;
      const placed = note && { ...place, ...note, path: join(folder.path, `${name}.md`) };
      if (placed && isSeen(placed)) notes.push(placed);
    }
  }
  return notes.toSorted((a, b) => b.at - a.at);
}

/** The one that is meant. Throws AtomError `not-found`, and `usage` where several are called so. */
export const findNote = async (
  root: string,
  wish: NoteWish,
  isSeen: (note: PlacedNote) => boolean,
): Promise<PlacedNote> => onlyOne(await allNotes(root, wish, isSeen), wish);

/** Where the one lies that was set aside and is meant. Throws as `findNote`. */
export async function findForgotten(
  root: string,
  wish: NoteWish,
  isSeen: (place: NotePlace) => boolean,
): Promise<NotePlace> {
  const found: NotePlace[] = [];
  for (const place of await wishedPlaces(root, wish))
    if (isSeen(place) && (await openFolder(root, place).forgotten(wish.note))) found.push(place);
  return onlyOne(found, wish);
}

/** The owner's own comes before another's of the same name. */
function onlyOne<T extends NotePlace>(found: readonly T[], { note }: NoteWish): T {
  const own = found.filter(({ person }) => person === OWNER);
  const [one, other] = own.length > 0 ? own : found;
  if (one === undefined)
    throw new AtomError('not-found', `There is no note ${visible(note)}.`, {
      next: ['See them:   atom memory list'],
    });
  if (other === undefined) return one;
  throw new AtomError('usage', `There are several notes ${visible(note)}.`, {
    next: ['Say whose:   --agent <name>, and --person <name>, as here:   atom memory list'],
  });
}

const wishedPlaces = async (root: string, wish: PlaceWish): Promise<readonly NotePlace[]> =>
  (await placesIn(root)).filter(
    ({ agent, person }) => (wish.agent ?? agent) === agent && (wish.person ?? person) === person,
  );

/** The places that have a folder; what is no folder of ours is left out. */
async function placesIn(root: string): Promise<readonly NotePlace[]> {
  const agents = await foldersIn(root);
  const each = await Promise.all(
    agents.map(async (agent) =>
      (await foldersIn(join(root, agent))).map((person): NotePlace => ({ agent, person })),
    ),
  );
  return each.flat();
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && /^[a-z0-9][a-z0-9-]*$/.test(entry.name))
      .map(({ name }) => name)
      .toSorted();
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
