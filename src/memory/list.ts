import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AtomError, systemCode } from '../base/errors.ts';
import { visible } from '../base/visible.ts';
import { type NotePlace, OWNER, type PlacedNote } from '../domain/memory.ts';
import { openFolder } from './folder.ts';

/** Which notes the owner means. */
export interface NoteWish extends NotePlace {
  readonly note: string;
}

/** Every note of all agents, or those that are wished for, the newest first. */
export async function allNotes(
  root: string,
  wish: Partial<NoteWish> = {},
): Promise<readonly PlacedNote[]> {
  const places = await placesIn(root);
  const wanted = places.filter(
    ({ agent, person }) => (wish.agent ?? agent) === agent && (wish.person ?? person) === person,
  );
  const notes: PlacedNote[] = [];
  for (const place of wanted) {
    const folder = openFolder(root, place);
    for (const { name } of await folder.files()) {
      const note = (wish.note ?? name) === name ? await folder.read(name) : undefined;
      if (note) notes.push({ ...place, ...note, path: join(folder.path, `${name}.md`) });
    }
  }
  return notes.toSorted((a, b) => b.at - a.at);
}

/** The one that is meant: the owner's own before another's of the same name. */
export async function findNote(
  root: string,
  wish: Partial<NoteWish> & { readonly note: string },
): Promise<PlacedNote> {
  const found = await allNotes(root, wish);
  const own = found.filter(({ person }) => person === OWNER);
  const [one, other] = own.length > 0 ? own : found;
  if (one === undefined)
    throw new AtomError('not-found', `There is no note ${visible(wish.note)}.`, {
      next: ['See them:   atom memory list'],
    });
  if (other === undefined) return one;
  throw new AtomError('usage', `There are several notes ${visible(wish.note)}.`, {
    next: ['Say whose:   --agent <name>, and --person <name> as atom memory list has it'],
  });
}

/** The places that have a folder; what is no folder of ours is left out. */
export async function placesIn(root: string): Promise<readonly NotePlace[]> {
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
