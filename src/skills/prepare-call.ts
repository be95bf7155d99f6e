import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Prepared, Touch } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import type { JailSpec } from '../domain/jail.ts';
import type { Skill } from '../domain/skill.ts';
import type { Coverage } from '../domain/undo.ts';
import type { SkillCallDeps } from './call-deps.ts';
import { emptyJail } from './runtime/host.ts';
import { skillCard } from './skill-card.ts';
import type { LoadedSkill } from './trust/judge.ts';

/** The resource of `skill.call`. */
export const skillResource = z.strictObject({ skill: z.string(), input: z.json() });
/** What a call would do, without doing it. Throws AtomError `usage`, `not-found`, `blocked`. */
export async function prepareCall(
  deps: SkillCallDeps,
  resource: Json,
  agent: Agent | undefined,
): Promise<Prepared> {
  const parsed = skillResource.safeParse(resource);
  if (!parsed.success) throw new AtomError('usage', 'A skill is called with {skill, input}.');
  const input = parsed.data.input as Json;
  const { skill, program } = findSkill(deps.skills({ agent }), parsed.data.skill);
  if (agent?.skills !== undefined && !agent.skills.includes(skill.name))
    throw new AtomError('blocked', `The agent ${agent.name} may not use the skill ${skill.name}.`);
  // A module checks its input itself, where it runs.
  program?.check(input);
  const jail = jailFor(deps, skill, agent);
  const coverage = jail.mode === 'read-write' ? await deps.covers(jail.folder) : undefined;
  return {
    resource: { skill: skill.name, input },
    facts: {
      digest: skill.digest,
      version: skill.version,
      jail: { ...jail },
      ownJail: asksForFiles(skill) ? deps.jailOf(agent).name : null,
    },
    declared: declaredBy(skill, coverage),
    ...(coverage?.ok ? { reversible: { folder: jail.folder } } : {}),
    ...(skill.permissions.files === 'none' ? {} : { jail: jail.name, ...touched(jail) }),
    targets: textsIn(input),
    source: `the skill ${skill.name}`,
    card: skillCard({ skill, input, jail, coverage }),
  };
}

function touched({ folder, mode }: JailSpec): Pick<Prepared, 'reads' | 'writes'> {
  // A jail's folder is never reached through a link, so its name is its real path.
  const all: Touch = { path: folder, how: 'below' };
  return { reads: [all], writes: mode === 'read-write' ? [all] : [] };
}

/** True where it may ask for files or commands, which are those of its caller's jail unless it names one. */
const asksForFiles = ({ permissions: { fs, commands } }: Skill): boolean =>
  fs.read.length + fs.write.length + commands.length > 0;

/** Every text in an input: what it is aimed at is one of them. */
function textsIn(input: Json): readonly string[] {
  if (typeof input === 'string') return [input];
  return input !== null && typeof input === 'object' ? Object.values(input).flatMap(textsIn) : [];
}

/** What a skill says of itself, but that a change which nothing takes back is more than a change. */
const declaredBy = (
  { name, complexity }: Skill,
  coverage: Coverage | undefined,
): NonNullable<Prepared['declared']> =>
  complexity === 3 && coverage?.ok === false
    ? { complexity: 4, why: `the skill ${name} changes what cannot be taken back` }
    : { complexity, why: `the skill ${name} says so of itself` };

/** The loaded skill of a name. Throws AtomError `not-found`. */
function findSkill(all: readonly LoadedSkill[], name: string): LoadedSkill {
  const found = all.find(({ skill }) => skill.name === name);
  if (found) return found;
  const names = all.map(({ skill }) => skill.name).join(', ') || 'none';
  throw new AtomError('not-found', `There is no skill named ${name}. Loaded: ${names}.`);
}

/**
 * What a skill says it needs, and no more: no network and no other folder, whatever its jail allows
 * commands. An agent's read-only jail stays read-only.
 */
function jailFor(deps: SkillCallDeps, skill: Skill, agent: Agent | undefined): JailSpec {
  const { files } = skill.permissions;
  if (files === 'none') return emptyJail(deps.host);
  const { network: _, shows: __, limits: ___, ...jail } = deps.jailOf(agent);
  return files === 'write' ? jail : { ...jail, mode: 'read-only' };
}
