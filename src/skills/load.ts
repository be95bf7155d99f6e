import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AtomError, asAtomError, systemCode } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Skill, SkillOrigin } from '../domain/skill.ts';
import { compileSkill, moduleOf, stopCompiling } from './compile.ts';
import { type KnownSkill, madeFrom, recall, remember } from './known-skills.ts';
import { permissionsShape, whyNotTogether } from './permissions.ts';
import type { SkillHost } from './runtime/host.ts';
import { describeModule } from './runtime/modules.ts';

/** A folder that holds skill folders, such as the package's `skills`. */
export interface SkillRoot {
  readonly folder: string;
  readonly origin: SkillOrigin;
}

export interface LoadDeps {
  readonly host: SkillHost;
  /** The first of a name wins. */
  readonly roots: readonly SkillRoot[];
  /** Where compiled modules are kept. */
  readonly cache: string;
}

export interface LoadedSkill {
  readonly skill: Skill;
  /** Path of its compiled module. */
  readonly module: string;
  readonly folder: string;
}

/** A skill that is not there, and what to do about it. */
export interface DisabledSkill {
  readonly folder: string;
  readonly reason: string;
}

export interface LoadedSkills {
  readonly skills: readonly LoadedSkill[];
  readonly disabled: readonly DisabledSkill[];
}

const described = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'use a–z, 0–9 and -, at most 40 characters'),
  description: z.string().min(1).max(500),
  version: z.string().min(1).max(40),
  examples: z.array(z.string().max(200)).max(20),
  complexity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  permissions: permissionsShape,
  input: z.looseObject({ type: z.literal('object', 'make it one z.object') }),
});

/** Compiles and describes every skill there is, except what an earlier start did. One that is wrong disables itself and no other. */
export async function loadSkills(deps: LoadDeps, signal: AbortSignal): Promise<LoadedSkills> {
  const skills: LoadedSkill[] = [];
  const disabled: DisabledSkill[] = [];
  for (const found of (await Promise.all(deps.roots.map(skillFolders))).flat()) {
    const { folder } = found;
    try {
      skills.push(...(await loadModule(deps, { ...found, taken: skills }, signal)));
    } catch (thrown) {
      signal.throwIfAborted();
      const { message, next } = asAtomError(thrown);
      disabled.push({ folder, reason: [message, ...next].join('\n') });
    }
  }
  return { skills, disabled };
}

interface Loading extends SkillRoot {
  /** Its own folder. */
  readonly folder: string;
  readonly taken: readonly LoadedSkill[];
}

/** The skills of one module. One that is wrong disables all of them. */
async function loadModule(
  deps: LoadDeps,
  { folder, origin, taken }: Loading,
  signal: AbortSignal,
): Promise<readonly LoadedSkill[]> {
  const name = basename(folder);
  refuseTaken(taken, name);
  const { digest, described: said } = await knownOrNew(deps, folder, signal);
  const found: LoadedSkill[] = [];
  for (const one of said as readonly Json[]) {
    const skill = { ...checked(name, one), kind: 'module', origin, digest } as const;
    refuseTaken([...taken, ...found], skill.name);
    found.push({ skill, module: moduleOf(deps.cache, digest), folder });
  }
  return found;
}

function refuseTaken(taken: readonly LoadedSkill[], name: string): void {
  if (taken.every(({ skill }) => skill.name !== name)) return;
  throw new AtomError('usage', `There is already a skill named ${name}. Rename this folder.`);
}

async function knownOrNew(
  { host, cache }: LoadDeps,
  folder: string,
  signal: AbortSignal,
): Promise<KnownSkill> {
  const place = { folder, cache };
  const key = await madeFrom(folder, host.runnerPath);
  const known = key === undefined ? undefined : await recall(place, key);
  if (known) return known;
  const compiled = await compileSkill(folder, cache).finally(stopCompiling);
  const { digest } = compiled;
  const said = await describeModule(host, compiled, signal);
  // What was written meanwhile may be in it or not.
  const found = { digest, described: said };
  if (key !== undefined && key === (await madeFrom(folder, host.runnerPath)))
    await remember(place, key, found);
  return found;
}

function checked(name: string, value: Json): Omit<Skill, 'digest' | 'kind' | 'origin'> {
  const parsed = described.safeParse(value);
  if (!parsed.success) {
    throw new AtomError('usage', `skill.ts is incomplete.\n${z.prettifyError(parsed.error)}`);
  }
  const skill = parsed.data;
  if (skill.name !== name && !skill.name.startsWith(`${name}-`)) {
    throw new AtomError(
      'usage',
      `It calls itself ${skill.name}, but its folder is ${name}: that, or ${name}-… for one of several.`,
    );
  }
  if (skill.permissions.files === 'write' && skill.complexity < 3) {
    throw new AtomError('usage', 'It may write files, so its complexity must be at least 3.');
  }
  const trouble = whyNotTogether(skill.permissions);
  if (trouble !== undefined) throw new AtomError('usage', trouble);
  return { ...skill, input: skill.input as Json };
}

/** The folders of a root that hold a `skill.ts`, by name; none where there is no such root. */
async function skillFolders({ folder: root, origin }: SkillRoot): Promise<readonly SkillRoot[]> {
  const names = await readdir(root).catch(noneIfMissing);
  const folders = names.toSorted().map((name) => join(root, name));
  const found = await Promise.all(folders.map((folder) => isFile(join(folder, 'skill.ts'))));
  return folders.filter((_, index) => found[index]).map((folder) => ({ folder, origin }));
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isFile(),
    (error: unknown) => noneIfMissing(error).length > 0,
  );

function noneIfMissing(error: unknown): string[] {
  const code = systemCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return [];
  throw error;
}
