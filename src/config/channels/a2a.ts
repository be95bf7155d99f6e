import { z } from 'zod';
import { nameSchema as name } from '../jail-schema.ts';
import { privacy } from './privacy.ts';

const remoteName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'a short name of a–z, 0–9 and dashes, such as partner');

/** An agent elsewhere that may speak to one of ours, as a guest. The hash of its token is `a2a.<name>`. */
const remote = z.strictObject({
  name: remoteName,
  /** Who answers it; the first of those that are exposed unless told. */
  agent: name.optional(),
});

/** Agents of other people, by the Agent2Agent protocol. Nothing is listened for where it is not set up. */
export const a2aSchema = z
  .strictObject({
    enabled: z.boolean().default(true),
    /** What the card says of us, to anybody: tell nothing private. */
    name: z.string().min(1).max(64).default('atom'),
    description: z.string().min(1).max(500).default('A personal agent.'),
    /** Our agents that may be spoken to. */
    agents: z.array(name).min(1).max(16).default(['atom']),
    remotes: z.array(remote).min(1).max(64),
    ...privacy,
  })
  .superRefine(({ agents, remotes }, context) => {
    const wrong = (at: number, key: string, message: string): void =>
      context.addIssue({ code: 'custom', path: ['remotes', at, key], message });
    for (const [at, { name: own, agent }] of remotes.entries()) {
      if (remotes.findIndex((one) => one.name === own) < at)
        wrong(at, 'name', 'a name that no other remote agent has');
      if (agent !== undefined && !agents.includes(agent)) wrong(at, 'agent', 'one of “agents”');
    }
  });
