import { defineSkill } from 'atom-agent';
import { z } from 'zod';

/** Is asked about, and is another one by the time that the answer comes. */
export const skill = defineSkill({
  name: 'changes',
  description: 'Says the time',
  version: '1.0.0',
  examples: [],
  complexity: 4,
  permissions: {},
  input: z.object({}),
  output: z.unknown(),
  run: () => 'It ran.',
});
