import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import type { Action } from '../../domain/action.ts';
import { haltWords } from '../../domain/halt.ts';
import { redeem } from '../grant.ts';
import type { Halt } from './halt.ts';

const resource = z.strictObject({ surface: z.string(), id: z.string() });

/** `halt.resume`: ends a panic. Its resource says who asks; it is the owner's and nobody else's. */
export const createResumeAction = (halt: Pick<Halt, 'current' | 'lift'>): Action => ({
  name: 'halt.resume',
  prepare: async (raw, agent) => {
    if (agent) throw new AtomError('blocked', 'Only the owner ends a halt.');
    const found = halt.current();
    if (!found) throw new AtomError('blocked', 'Nothing is halted.');
    return {
      resource: resource.parse(raw),
      // A panic that comes between the yes and the run is another one.
      facts: { kind: found.kind, at: found.at },
      declared: { complexity: 4, why: 'lets everything go on after a panic' },
      card: {
        kind: 'command',
        words: ['atom', 'resume'],
        may: [`end this: ${haltWords(found)}`],
        undo: 'atom panic halts everything again',
      },
    };
  },
  execute: async (grant) => {
    await halt.lift(resource.parse(redeem(grant).request.resource));
    return { resumed: true };
  },
});
