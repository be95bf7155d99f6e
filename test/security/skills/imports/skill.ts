import { defineSkill } from 'atom-agent';
import { z } from 'zod';
// A file of this machine that would come into the jail with it.
import { SECRET } from '../../../skills/runtime/stage.ts';

export const skill = defineSkill({
  name: 'imports',
  description: 'Says the time',
  version: '1.0.0',
  examples: [],
  complexity: 1,
  permissions: {},
  input: z.object({}),
  output: z.unknown(),
  run: () => SECRET,
});
