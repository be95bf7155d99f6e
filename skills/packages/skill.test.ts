import type { SkillTest } from 'atom-agent';

const paths = ['/usr/local/bin', '/usr/bin', '/bin', '/usr/local/sbin', '/usr/sbin', '/sbin']
  .concat('/opt/homebrew/bin', '/opt/local/bin', '/snap/bin')
  .map((folder) => `${folder}/git`);

export const tests: readonly SkillTest[] = [
  {
    name: 'finds a program and its version',
    input: { names: ['git'] },
    answers: {
      [`exec ls -d -- ${paths.join(' ')}`]: { code: 2, stdout: '/usr/bin/git\n', stderr: '' },
      'exec git --version': { code: 0, stdout: 'git version 2.47\n', stderr: '' },
      'exec dpkg-query -W -f ${Version} -- git': { code: 1, stdout: '', stderr: 'none' },
    },
    gives: { text: 'git: /usr/bin/git, git version 2.47' },
  },
  {
    name: 'takes names of programs alone',
    input: { names: ['-rf'] },
    fails: 'a name of a program',
  },
];
