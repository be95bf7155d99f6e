import type { SkillTest } from 'atom-agent';

const said = (stdout: string) => ({ code: 0, stdout, stderr: '' });

export const tests: readonly SkillTest[] = [
  {
    name: 'says that there are no commits yet',
    input: {},
    answers: { 'exec git status --porcelain=v1 --branch': said('## No commits yet on main\n') },
    gives: { text: 'On main.\nThere are no commits yet.' },
  },
  {
    name: 'says in git’s words where it does not work',
    input: {},
    answers: {
      'exec git status --porcelain=v1 --branch': {
        code: 128,
        stdout: '',
        stderr: 'fatal: no repository',
      },
    },
    fails: 'fatal: no repository',
  },
];
