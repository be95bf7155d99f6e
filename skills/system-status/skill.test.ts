import type { SkillTest } from 'atom-agent';

const none = { code: 127, stdout: '', stderr: '' };
const commands = ['df -Pk .', 'cat /proc/meminfo', 'uptime', 'ps -A -o pid,comm'];
const silent = Object.fromEntries(commands.map((command) => [`exec ${command}`, none]));

export const tests: readonly SkillTest[] = [
  {
    name: 'tells what this system tells',
    input: {},
    answers: {
      ...silent,
      'exec uptime': {
        code: 0,
        stdout: ' 10:00  up 2 days, load average: 0.10, 0.20, 0.30\n',
        stderr: '',
      },
    },
    gives: { text: 'Load: 0.10, 0.20, 0.30, up 2 days' },
  },
  {
    name: 'says where nothing is known',
    input: {},
    answers: silent,
    fails: 'None of df, uptime and ps',
  },
];
