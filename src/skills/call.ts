import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action, Update } from '../domain/action.ts';
import { gitModes } from '../domain/jail-words.ts';
import { type Granted, redeem } from '../governance/grant.ts';
import type { SkillCallDeps } from './call-deps.ts';
import { prepareCall, skillResource } from './prepare-call.ts';
import { callProgram } from './program/call-program.ts';
import { createDesk } from './runtime/desk.ts';
import { callModule } from './runtime/modules.ts';
import { createScrub } from './runtime/scrub.ts';

export type { SkillCallDeps } from './call-deps.ts';

const factsShape = z.object({
  digest: z.string(),
  ownJail: z.string().nullable(),
  jail: z.object({
    name: z.string(),
    folder: z.string(),
    mode: z.enum(['read-only', 'read-write']),
    git: z.enum(gitModes).exactOptional(),
    unprotected: z.array(z.string()).exactOptional(),
  }),
});

/**
 * The action `skill.call`: runs one skill once, in a jail as narrow as its permissions, and serves what it
 * asks for meanwhile. The resource is `{skill, input}`, the result what the skill gives back. The input is
 * checked by the skill itself.
 */
export const createSkillCall = (deps: SkillCallDeps): Action => ({
  name: 'skill.call',
  prepare: async (resource, agent) => prepareCall(deps, resource, agent),
  execute: async (grant, signal, onUpdate) => {
    const scrub = createScrub((text) => onUpdate({ stream: 'stderr', text }));
    const over = new AbortController();
    const both = AbortSignal.any([signal, over.signal]);
    try {
      return scrub.json(await run(deps, redeem(grant), { scrub, signal, both, onUpdate }));
    } catch (error) {
      throw scrub.error(error);
    } finally {
      // What it asked for and did not wait for is not begun any more.
      over.abort();
      scrub.end();
    }
  },
});

interface Running {
  readonly scrub: ReturnType<typeof createScrub>;
  readonly signal: AbortSignal;
  /** Aborts with the call, and once it is over. */
  readonly both: AbortSignal;
  readonly onUpdate: Update;
}

async function run(
  deps: SkillCallDeps,
  { request, prepared }: Granted,
  { scrub, signal, both, onUpdate }: Running,
): Promise<Json> {
  const { skill: name, input } = skillResource.parse(prepared.resource);
  const { digest, ownJail, jail } = factsShape.parse(prepared.facts);
  const found = deps.skills().find((one) => one.skill.name === name && one.skill.digest === digest);
  if (!found)
    throw new AtomError('blocked', `The skill ${name} changed since this was decided.`, {
      next: ['Ask for it again.'],
    });
  const { skill, module, program } = found;
  const bounds = {
    skill: name,
    permissions: skill.permissions,
    session: request.context.session,
    ownJail: ownJail ?? undefined,
  };
  const use = createDesk(deps, { request, bounds, scrub, onUpdate, signal: both });
  const call = { skill: name, input: input as Json, digest, jail, run: request.id, use };
  return program
    ? callProgram(deps.host, { ...call, program }, signal)
    : callModule(deps, { ...call, module }, signal);
}
