import { basename, join } from 'node:path';
import { AtomError, asAtomError } from '../base/errors.ts';
import { visible } from '../base/visible.ts';
import { isFile, type SkillPlace, type SkillRoot, skillPlaces } from './find-folders.ts';
import { type ReadDeps, type Reading, readModule } from './load-module.ts';
import { loadProgram, MANIFEST } from './program/load-program.ts';
import type { FoundFolder, LoadedSkill } from './trust/judge.ts';
import { readSources } from './trust/sources.ts';

export type { SkillRoot } from './find-folders.ts';
export type { LoadedSkill } from './trust/judge.ts';

export interface LoadDeps extends ReadDeps {
  /** The first of a name wins. */
  readonly roots: readonly SkillRoot[];
}

/** A skill that is not there, and what to do about it. */
export interface DisabledSkill extends SkillPlace {
  readonly reason: string;
}

export interface LoadedSkills {
  readonly found: readonly FoundFolder[];
  /** All skills of these folders. */
  readonly skills: readonly LoadedSkill[];
  readonly disabled: readonly DisabledSkill[];
}

/** What a folder is by the file that it holds, and who reads it; the first that is there counts. */
const KINDS: readonly {
  readonly file: string;
  readonly read: (
    deps: ReadDeps,
    reading: Reading,
    signal: AbortSignal,
  ) => Promise<readonly LoadedSkill[]>;
}[] = [
  { file: 'skill.ts', read: readModule },
  { file: MANIFEST, read: loadProgram },
];

const OWN_MS = 40_000;
const JAILS_MS = 15_000;

/**
 * Compiles and describes every skill there is, except what an earlier start did. One that is wrong disables
 * itself and no other; those of jails come last, with a time of their own, so that they take none of the
 * owner's. Nothing here says that it may be used. Throws the signal's reason.
 */
export async function loadSkills(deps: LoadDeps, signal: AbortSignal): Promise<LoadedSkills> {
  const { roots, limits } = deps;
  const files = KINDS.map(({ file }) => file);
  const places = (await Promise.all(roots.map((root) => skillPlaces(root, files)))).flat();
  const own = places.filter(({ jail }) => jail === undefined);
  const inJails = places.filter(({ jail }) => jail !== undefined);
  const all: Looked = { found: [], disabled: [] };
  await lookAt(deps, { places: own, ms: limits?.ownMs ?? OWN_MS, all }, signal);
  await lookAt(deps, { places: inJails, ms: limits?.jailsMs ?? JAILS_MS, all }, signal);
  return { ...all, skills: all.found.flatMap(({ skills }) => skills) };
}

interface Looked {
  readonly found: FoundFolder[];
  readonly disabled: DisabledSkill[];
}

/** Adds what these places hold to all that was found. What is not looked at in time is disabled. */
async function lookAt(
  deps: ReadDeps,
  {
    places,
    ms,
    all: { found, disabled },
  }: { readonly places: readonly SkillPlace[]; readonly ms: number; readonly all: Looked },
  signal: AbortSignal,
): Promise<void> {
  const time = AbortSignal.timeout(ms);
  const both = AbortSignal.any([signal, time]);
  for (const place of places)
    try {
      refuseName(place);
      refuseTaken(place, found);
      both.throwIfAborted();
      const one = await readFolder(deps, place, both);
      refuseTaken(place, found, one);
      found.push(one);
    } catch (thrown) {
      signal.throwIfAborted();
      const { message, next } = time.aborted ? noTime() : asAtomError(thrown);
      disabled.push({ ...place, reason: [message, ...next].join('\n') });
    }
}

const noTime = (): AtomError =>
  new AtomError('failed', 'There was no time left to look at it: others took too long.', {
    next: ['Mend or remove those that take too long:   atom skills list'],
  });

/** True where a folder holds a skill that is run, and not one of words. */
export const holdsSkill = async (folder: string): Promise<boolean> =>
  (await Promise.all(KINDS.map(({ file }) => isFile(join(folder, file))))).includes(true);

/** Reads one folder. Throws AtomError `usage` with what is wrong with it, `unavailable` without a jail. */
export async function readFolder(
  deps: ReadDeps,
  place: SkillPlace,
  signal: AbortSignal,
): Promise<FoundFolder> {
  const { folder, origin } = place;
  const holds = await Promise.all(KINDS.map(({ file }) => isFile(join(folder, file))));
  const kind = KINDS.find((_, index) => holds[index]);
  if (!kind)
    throw new AtomError('usage', `${folder} holds no skill.`, {
      next: [
        `A skill has a ${KINDS.map(({ file }) => file).join(' or ')}:   atom skills new <name>`,
      ],
    });
  const sources = await readSources(folder);
  const reading = { name: basename(folder), folder, origin, sources };
  return { ...place, sources, skills: await kind.read(deps, reading, signal) };
}

/** A folder’s name is shown, typed and spoken. */
function refuseName({ folder }: SkillPlace): void {
  if (/^[a-z][a-z0-9-]{0,39}$/.test(basename(folder))) return;
  throw new AtomError('usage', `${visible(basename(folder))} cannot be the name of a skill.`, {
    next: ['Use a–z, 0–9 and -, beginning with a letter, at most 40 characters.'],
  });
}

/** What an agent sees at the same time has different names. */
function refuseTaken(place: SkillPlace, found: readonly FoundFolder[], read?: FoundFolder): void {
  const seen = found.filter(
    ({ jail }) => [jail, place.jail].includes(undefined) || jail === place.jail,
  );
  const taken = seen.flatMap(({ id, skills }) => [id, ...skills.map(({ skill }) => skill.name)]);
  const names = [basename(place.folder), ...(read?.skills ?? []).map(({ skill }) => skill.name)];
  const twice = names.find((one, at) => at > 1 && names.indexOf(one, 1) < at);
  const name = names.find((one) => taken.includes(one)) ?? twice;
  if (name === undefined) return;
  throw new AtomError('usage', `There is already a skill named ${name}. Rename this folder.`);
}
