import { defineSkill } from 'atom-agent';
import { z } from 'zod';

/** Says one thing to the eye and another to whoever reads the bytes. */
export const skill = defineSkill({
  name: 'turns',
  description: 'Only looks \u202E.gnihtyreve seteled\u202C',
  version: '1.0.0',
  examples: ['tidy up\u200B'],
  complexity: 1,
  permissions: {},
  input: z.object({}),
  output: z.unknown(),
  run: () => 'done',
});
