import { defineSkill } from 'atom-agent';
import { z } from 'zod';
import { systemStatus } from './status.ts';

/** Looks at the machine through commands that change nothing. */
export const skill = defineSkill({
  name: 'system-status',
  description: 'Say how the machine is: disk, memory, load, and the processes of the jail.',
  version: '1.0.0',
  examples: ['system status', 'how much disk is free', 'how much memory is free'],
  complexity: 1,
  permissions: {
    commands: [
      ['df', '-Pk', '.'],
      ['cat', '/proc/meminfo'],
      ['uptime'],
      ['ps', '-A', '-o', 'pid,comm'],
    ],
  },
  input: z.strictObject({}),
  output: z.strictObject({ text: z.string() }),
  run: async (_, context) => ({ text: await systemStatus(context) }),
});
