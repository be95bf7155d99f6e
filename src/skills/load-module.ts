import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { schemaWords } from '../base/schema-words.ts';
import type { Skill } from '../domain/skill.ts';
import { type CompiledSkill, compileSkill, moduleOf } from './compile.ts';
import { type KnownSkill, madeFrom, recall, remember, takePrecompiled } from './known-skills.ts';
import { permissionsShape, whyNotTogether } from './permissions.ts';
import type { SkillHost } from './runtime/host.ts';
import { describeModule } from './runtime/modules.ts';
import type { LoadedSkill } from './trust/judge.ts';
import type { SkillSources } from './trust/sources.ts';

export interface ReadDeps {
  readonly host: SkillHost;
  /** Where compiled modules are kept. */
  readonly cache: string;
  /** Where the build left what it made of the package's own skills; where absent, they are made as all others. */
  readonly precompiled?: string;
  /** How long describing one module, and looking at all of the owner's and at all of jails, may take. */
  readonly limits?: Partial<Record<'describeMs' | 'ownMs' | 'jailsMs', number>>;
  /** Modules that could not describe themselves, by their folder: not tried again while nothing changed. */
  readonly failed?: Map<string, Failed>;
}

/** Why describing failed, and what it was made from. */
interface Failed {
  readonly key: string;
  readonly error: AtomError;
}

/** A skill's folder, and all that it holds. */
export interface Reading {
  readonly name: string;
  readonly folder: string;
  readonly origin: Skill['origin'];
  readonly sources: SkillSources;
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

/**
 * Compiles `skill.ts` and has its skills describe themselves in an empty jail, except where an earlier start or
 * the build did.
 */
export async function readModule(
  deps: ReadDeps,
  reading: Reading,
  signal: AbortSignal,
): Promise<readonly LoadedSkill[]> {
  const { name, folder, origin, sources } = reading;
  const known = origin === 'bundled' ? await takePrecompiled(deps, sources) : undefined;
  const { digest, described: said } = known ?? (await knownOrNew(deps, reading, signal));
  return (said as readonly Json[]).map((one) => ({
    skill: { ...checked(name, one), kind: 'module', origin, digest },
    module: moduleOf(deps.cache, digest),
    folder,
  }));
}

async function knownOrNew(
  deps: ReadDeps,
  { folder, sources }: Reading,
  signal: AbortSignal,
): Promise<KnownSkill> {
  const { host, cache, failed } = deps;
  const place = { folder, cache };
  const key = await madeFrom(sources, host.runnerPath);
  const known = await recall(place, key);
  if (known) return known;
  const before = failed?.get(folder);
  if (before?.key === key) throw before.error;
  const compiled = await compileSkill({ folder, cache, sources });
  try {
    const found = { digest: compiled.digest, described: await describe(deps, compiled, signal) };
    await remember(place, key, found);
    return found;
  } catch (error) {
    // Without a jail, or where nobody waits any more, nothing is known of it.
    const isIts = error instanceof AtomError && error.code === 'failed' && !signal.aborted;
    if (isIts) failed?.set(folder, { key, error });
    throw error;
  }
}

const describe = ({ host, limits }: ReadDeps, compiled: CompiledSkill, signal: AbortSignal) =>
  describeModule(host, { ...compiled, wallMs: limits?.describeMs }, signal);

function checked(name: string, value: Json): Omit<Skill, 'digest' | 'kind' | 'origin'> {
  const parsed = described.safeParse(value);
  if (!parsed.success) {
    throw new AtomError('usage', `skill.ts is incomplete.\n${schemaWords(parsed.error)}`);
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
  if (skill.permissions.memory === 'write' && skill.complexity < 2) {
    throw new AtomError('usage', 'It may remember things, so its complexity must be at least 2.');
  }
  const trouble = whyNotTogether(skill.permissions);
  if (trouble !== undefined) throw new AtomError('usage', trouble);
  return { ...skill, input: skill.input as Json };
}
