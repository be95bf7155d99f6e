import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import type { Action } from '../../domain/action.ts';
import { redeem } from '../../governance/grant.ts';

/** Hands secrets to running skills: what was asked for passes the governor, the value never does. */
export interface SecretDesk {
  readonly action: Action;
  /** The value that the run of an intent of `secret.read` left here; once. */
  collect(intent: string): string | undefined;
}

const resourceSchema = z.strictObject({ skill: z.string().max(40), name: z.string().max(40) });

/** A shorter one is a word of everybody's: it could not be kept out of what a skill gives back. */
export const LEAST_SECRET = 8;

/** The name under which the owner keeps a skill's secret. */
export const skillSecret = (skill: string, name: string): string => `skill.${skill}.${name}`;

/**
 * The action `secret.read`: `{skill, name}`. Its result says that the value was given and not what it is, so
 * that no record, transcript or run ever holds it.
 */
export function createSecretDesk(get: (name: string) => Promise<string | undefined>): SecretDesk {
  const given = new Map<string, string>();
  return {
    action: {
      name: 'secret.read',
      prepare: async (resource) => {
        const parsed = resourceSchema.safeParse(resource);
        if (!parsed.success)
          throw new AtomError('usage', 'A secret is asked for with {skill, name}.');
        const { skill, name } = parsed.data;
        return {
          resource: { skill, name },
          facts: {},
          source: `the secret ${name}`,
          card: {
            kind: 'skill',
            words: [`Give the skill ${skill} its secret ${name}`],
            may: ['Use it for whatever else it may do'],
            undo: 'cannot be taken back',
          },
        };
      },
      execute: async (grant) => {
        const { request, prepared } = redeem(grant);
        const { skill, name } = resourceSchema.parse(prepared.resource);
        const stored = skillSecret(skill, name);
        const value = await get(stored);
        if (value === undefined)
          throw new AtomError('not-found', `The secret ${name} of the skill ${skill} is not set.`, {
            next: [`atom secrets set ${stored}`],
          });
        if (value.length < LEAST_SECRET)
          throw new AtomError('blocked', `The secret ${name} is too short to be kept one.`, {
            next: [`Store one of at least ${LEAST_SECRET} characters: atom secrets set ${stored}`],
          });
        // Only a skill under way asks as one, and collects it at once.
        if (request.context.skill !== undefined) given.set(request.id, value);
        return { given: name };
      },
    },
    collect: (intent) => {
      const value = given.get(intent);
      given.delete(intent);
      return value;
    },
  };
}
