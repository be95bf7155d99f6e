import { basename } from 'node:path';
import { AtomError, asAtomError } from '../../base/errors.ts';
import type { ListedTextSkill, TextSkill } from '../../domain/text-skill.ts';
import type { SkillRoot } from '../find-folders.ts';
import type { DisabledSkill } from '../load.ts';
import type { SkillSources } from '../trust/sources.ts';
import { textFolders } from './find.ts';
import type { ReadBudget, SkillFolder } from './folder.ts';
import { type Here, missingOf } from './missing.ts';
import { type ReadTextSkill, readTextSkill } from './read-text-skill.ts';

type TextRoot = Omit<SkillRoot, 'jail'> & { readonly jail?: string };

export interface TextShelfDeps {
  /** Where folders are looked for; the first of a name wins. `jail` names the jail that a root is in. */
  readonly roots: () => readonly TextRoot[];
  /** Skills of other kinds, and the jail that each lies in: no agent sees a name twice. */
  readonly taken: () => readonly { readonly name: string; readonly jail: string | undefined }[];
  /** True where the owner approved the skill of this name as it is at this digest. */
  readonly isApproved: (name: string, digest: string) => boolean;
  readonly here: Here;
}

/** A skill of words, read whole just now. */
export interface OpenTextSkill extends ReadTextSkill {
  readonly skill: ListedTextSkill;
  readonly folder: string;
}

/** A skill of words as it was loaded, without what its files hold. */
export interface PlacedText {
  readonly skill: ListedTextSkill;
  readonly folder: string;
  readonly sources: SkillSources;
}

/** The skills of words that there are. */
export interface TextShelf {
  /** Looks for them anew; gives back those that cannot be used, with what to do. */
  load(): Promise<readonly DisabledSkill[]>;
  /** As they were when they were loaded; whether they are approved and usable is told as of now. */
  list(): readonly ListedTextSkill[];
  /** The same, with where they lie. */
  placed(): readonly PlacedText[];
  /**
   * Reads one as it is now; of several of a name, the one of this jail. Throws AtomError `not-found`, and
   * `usage` where it became wrong.
   */
  open(name: string, jail?: string): Promise<OpenTextSkill>;
}

/** What the skills of one root may hold together. */
const MOST_BYTES = 128 * 1024 ** 2;
/** So many wrong ones in a jail are there to keep the gateway busy. */
const MOST_WRONG = 100;

interface Placed extends Pick<PlacedText, 'folder' | 'sources'> {
  readonly root: TextRoot;
  readonly skill: TextSkill;
}

export function createTextShelf(deps: TextShelfDeps): TextShelf {
  let placed: readonly Placed[] = [];
  const listed = (skill: TextSkill, { origin, jail }: Placed['root']): ListedTextSkill => ({
    ...skill,
    origin,
    ...(jail === undefined ? {} : { jail }),
    approved: deps.isApproved(skill.name, skill.digest),
    missing: missingOf(skill.needs, deps.here),
  });
  return {
    load: async () => {
      const { found, disabled } = await readAll(deps);
      placed = found;
      return disabled;
    },
    list: () => placed.map(({ skill, root }) => listed(skill, root)),
    placed: () =>
      placed.map(({ skill, root, folder, sources }) => {
        return { skill: listed(skill, root), folder, sources };
      }),
    open: async (name, jail) => {
      const named = placed.filter(({ skill }) => skill.name === name);
      const known = named.find(({ root }) => isSeen(root.jail, jail)) ?? named[0];
      if (!known) throw notThere(name, placed);
      const read = await readTextSkill(known.folder);
      return { ...read, folder: known.folder, skill: listed(read.skill, known.root) };
    },
  };
}

async function readAll(
  deps: TextShelfDeps,
): Promise<{ readonly found: readonly Placed[]; readonly disabled: readonly DisabledSkill[] }> {
  const found: Placed[] = [];
  const disabled: DisabledSkill[] = [];
  for (const root of deps.roots()) {
    const budget = { left: MOST_BYTES };
    let wrong = 0;
    // One after another: whoever fills a jail would fill the memory with it.
    for (const folder of await textFolders(root.folder, root.origin !== 'jail'))
      try {
        const one = await readOne(root, folder, budget);
        refuseTaken(one, [
          ...deps.taken(),
          ...found.map(({ skill, root: { jail } }) => ({ name: skill.name, jail })),
        ]);
        found.push(one);
      } catch (thrown) {
        disabled.push(disabledAs(root, folder, thrown));
        wrong += 1;
        if (root.origin === 'jail' && wrong === MOST_WRONG) break;
      }
  }
  return { found, disabled };
}

async function readOne(root: TextRoot, folder: string, budget: ReadBudget): Promise<Placed> {
  const { skill, contents } = await readTextSkill(folder, budget);
  return { folder, root, skill, sources: sourcesOf(contents) };
}

/** What a folder holds, without the bytes. */
export const sourcesOf = ({ files, digest }: SkillFolder): SkillSources => ({
  files: files.map((file) => {
    return { path: file.path, digest: file.digest, bytes: file.bytes.length };
  }),
  digest,
});

function disabledAs({ origin, jail }: TextRoot, folder: string, thrown: unknown): DisabledSkill {
  const { message, next } = asAtomError(thrown);
  const id = jail === undefined ? basename(folder) : `${jail}/${basename(folder)}`;
  return { id, folder, origin, reason: [message, ...next].join('\n') };
}

/** True where an agent that works in `own` sees what lies in `jail`. */
const isSeen = (jail: string | undefined, own: string | undefined): boolean =>
  jail === undefined || jail === own;

/** What another jail holds takes no name, and what any jail holds none of the owner's. */
function refuseTaken(
  { skill: { name }, root }: Placed,
  taken: ReturnType<TextShelfDeps['taken']>,
): void {
  if (!taken.some((one) => one.name === name && isSeen(one.jail, root.jail))) return;
  throw new AtomError('usage', `There is already a skill named ${name}. Rename this folder.`);
}

function notThere(name: string, placed: readonly Placed[]): AtomError {
  const names = placed.map(({ skill }) => skill.name).join(', ') || 'none';
  return new AtomError(
    'not-found',
    `There is no skill of words named ${name}. There are: ${names}.`,
  );
}
