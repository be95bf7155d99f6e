import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { sha256 } from '../base/digest.ts';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action, Prepared } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import type { JailSpec } from '../domain/jail.ts';
import type { Skill } from '../domain/skill.ts';
import { redeem } from '../governance/grant.ts';
import { emptyJail, runModule, type SkillHost } from './jailed-module.ts';
import type { LoadedSkill } from './load.ts';
import { skillCard } from './skill-card.ts';

export interface SkillCallDeps {
  readonly host: SkillHost;
  /** Those loaded now. */
  readonly skills: () => readonly LoadedSkill[];
  /** The jail that an agent works in. Throws AtomError `blocked` where it has none. */
  readonly jailOf: (agent: Agent | undefined) => JailSpec;
}

const resourceShape = z.strictObject({ skill: z.string(), input: z.json() });
const factsShape = z.object({
  digest: z.string(),
  jail: z.object({
    name: z.string(),
    folder: z.string(),
    mode: z.enum(['read-only', 'read-write']),
  }),
});

/**
 * The action `skill.call`: runs one skill once, in a jail as narrow as its permissions. The resource
 * is `{skill, input}`, the result what the skill gives back. The input is checked by the skill itself.
 */
export const createSkillCall = (deps: SkillCallDeps): Action => ({
  name: 'skill.call',
  prepare: async (resource, agent) => prepare(deps, resource, agent),
  execute: async (grant, signal, onUpdate) => {
    const { prepared } = redeem(grant);
    const { skill: name, input } = resourceShape.parse(prepared.resource);
    const { digest, jail } = factsShape.parse(prepared.facts);
    const { skill, module } = find(deps, name);
    if (skill.digest !== digest || sha256(await readFile(module)) !== digest) {
      throw new AtomError('blocked', `The skill ${name} changed since this was decided.`, {
        next: ['Ask for it again.'],
      });
    }
    const request = { do: 'call', input: input as Json };
    return runModule({ host: deps.host, module, request, jail }, signal, onUpdate);
  },
});

function prepare(deps: SkillCallDeps, resource: Json, agent: Agent | undefined): Prepared {
  const parsed = resourceShape.safeParse(resource);
  if (!parsed.success) throw new AtomError('usage', 'A skill is called with {skill, input}.');
  const input = parsed.data.input as Json;
  const { skill } = find(deps, parsed.data.skill);
  const jail = jailFor(deps, skill, agent);
  return {
    resource: { skill: skill.name, input },
    facts: { digest: skill.digest, version: skill.version, jail: { ...jail } },
    declared: skill.complexity,
    card: skillCard({ skill, input, jail }),
  };
}

function find({ skills }: SkillCallDeps, name: string): LoadedSkill {
  const all = skills();
  const found = all.find(({ skill }) => skill.name === name);
  if (found) return found;
  const names = all.map(({ skill }) => skill.name).join(', ') || 'none';
  throw new AtomError('not-found', `There is no skill named ${name}. Loaded: ${names}.`);
}

/** What a skill says it needs, and no more; an agent's read-only jail stays read-only. */
function jailFor(deps: SkillCallDeps, skill: Skill, agent: Agent | undefined): JailSpec {
  const { files } = skill.permissions;
  if (files === 'none') return emptyJail(deps.host);
  const jail = deps.jailOf(agent);
  return files === 'write' ? jail : { ...jail, mode: 'read-only' };
}
