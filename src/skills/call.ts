import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { sha256 } from '../base/digest.ts';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action } from '../domain/action.ts';
import { gitModes } from '../domain/jail-words.ts';
import { redeem } from '../governance/grant.ts';
import { runModule } from './jailed-module.ts';
import { prepareCall, type SkillCallDeps, skillResource } from './prepare-call.ts';

export type { SkillCallDeps } from './prepare-call.ts';

const factsShape = z.object({
  digest: z.string(),
  jail: z.object({
    name: z.string(),
    folder: z.string(),
    mode: z.enum(['read-only', 'read-write']),
    git: z.enum(gitModes).exactOptional(),
    unprotected: z.array(z.string()).exactOptional(),
  }),
});

/**
 * The action `skill.call`: runs one skill once, in a jail as narrow as its permissions. The resource
 * is `{skill, input}`, the result what the skill gives back. The input is checked by the skill itself.
 */
export const createSkillCall = (deps: SkillCallDeps): Action => ({
  name: 'skill.call',
  prepare: async (resource, agent) => prepareCall(deps, resource, agent),
  execute: async (grant, signal, onUpdate) => {
    const { request: asked, prepared } = redeem(grant);
    const { skill: name, input } = skillResource.parse(prepared.resource);
    const { digest, jail } = factsShape.parse(prepared.facts);
    const one = deps.skills().find(({ skill }) => skill.name === name && skill.digest === digest);
    if (!one || sha256(await readFile(one.module)) !== digest) {
      throw new AtomError('blocked', `The skill ${name} changed since this was decided.`, {
        next: ['Ask for it again.'],
      });
    }
    const request = { do: 'call', input: input as Json };
    const called = { host: deps.host, module: one.module, request, jail, run: asked.id };
    return runModule(called, signal, onUpdate);
  },
});
