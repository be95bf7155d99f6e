import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import { canonical, type Json } from '../base/json.ts';
import { schemaWords } from '../base/schema-words.ts';
import type { Action } from '../domain/action.ts';
import type { Rule } from '../domain/rule.ts';
import { redeem } from '../governance/grant.ts';
import { loosened } from '../governance/rules/loosened.ts';
import { ownerOnly } from './owner-only.ts';

/** The owner's rules as they hold. */
export interface RulesInForce {
  list(): readonly Rule[];
  /** Puts others in their place, and on the record. */
  use(rules: readonly Rule[]): Promise<void>;
}

/** Whoever hands them over has checked them: see the settings file. */
const resourceSchema = z.strictObject({ rules: z.array(z.record(z.string(), z.json())) });

/**
 * The action `rules.loosen`: `{rules}`, all of them as they shall hold from now on, where some that hold
 * now are gone or milder. Its result is `{loosened}`, the names of those. Only the owner may ask for it.
 */
export const createRulesLoosen = (rules: RulesInForce): Action => ({
  name: 'rules.loosen',
  prepare: async (resource, agent) => {
    ownerOnly(agent, 'loosens the rules');
    const next = parse(resource);
    const gone = loosened(rules.list(), next);
    return {
      resource: { rules: next as unknown as Json },
      facts: { now: rules.list() as unknown as Json },
      declared: { complexity: 4, why: 'lets pass what your rules stop now' },
      card: {
        kind: 'trust',
        words: [`no longer hold the agent to: ${gone.map(sentence).join('; ')}`],
        may: ['let pass what these rules stop now'],
        undo: 'atom rules add puts a rule back',
      },
    };
  },
  execute: async (grant) => {
    const { prepared } = redeem(grant);
    const now = { now: rules.list() as unknown as Json };
    if (canonical(now) !== canonical(prepared.facts))
      throw new AtomError('blocked', 'The rules changed since this was decided.');
    const next = parse(prepared.resource);
    const gone = loosened(rules.list(), next);
    await rules.use(next);
    return { loosened: gone.map(({ name }) => name) };
  },
});

function parse(resource: Json): readonly Rule[] {
  const parsed = resourceSchema.safeParse(resource);
  if (parsed.success) return parsed.data.rules as unknown as readonly Rule[];
  throw new AtomError('usage', `Those are no rules: ${schemaWords(parsed.error)}`);
}

const sentence = ({ name, verdict, reason }: Rule): string => `${name} (${verdict}: ${reason})`;
