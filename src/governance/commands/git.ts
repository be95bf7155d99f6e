import type { Complexity } from '../../domain/complexity.ts';
import type { CommandRule, Leading, Raise } from './command-rule.ts';

/** Options of any sub-command that make git run something else, or work elsewhere. */
const always: readonly Raise[] = [
  {
    options: [
      '-c',
      '--config-env',
      '--exec-path',
      '--upload-pack',
      '--receive-pack',
      '--exec',
      '--ext-diff',
      '--textconv',
      '--open-files-in-pager',
      '-O',
      '--extcmd',
      '--command',
      '--template',
      '--separate-git-dir',
      '--paginate',
      '-p',
    ],
    to: 4,
    why: 'this option can run another program',
  },
  {
    options: ['--git-dir', '--work-tree', '--namespace'],
    to: 3,
    why: 'works on another repository',
  },
];
/** The same without the letters that only mean something harmless here (`git log -p`). */
const except = (...harmless: string[]): readonly Raise[] =>
  always.map((raise) => ({
    ...raise,
    options: raise.options.filter((option) => !harmless.includes(option)),
  }));

/** What every command of git that shows commits takes, named in its help or not. */
const output: Raise = {
  options: ['--output', '--output-directory'],
  to: 3,
  why: 'writes a file',
};

/** Options before the sub-command that change how things are shown, or which folder is meant. */
export const gitLeading: Leading = {
  flags: ['--no-pager', '-P', '--literal-pathspecs', '--no-optional-locks', '--no-replace-objects'],
  valued: ['-C'],
};

type Row = readonly [sub: string, complexity: Complexity, why: string, raise: readonly Raise[]];

const rows: readonly Row[] = [
  ['status', 1, 'only reads', always],
  ['log', 1, 'only reads', except('-p', '-c', '-O')],
  ['diff', 1, 'only reads', except('-p', '-c', '-O')],
  ['show', 1, 'only reads', except('-p', '-c', '-O')],
  ['blame', 1, 'only reads', except('-p', '-c')],
  ['shortlog', 1, 'only reads', except('-c')],
  ['describe', 1, 'only reads', always],
  ['rev-parse', 1, 'only reads', always],
  ['rev-list', 1, 'only reads', always],
  ['ls-files', 1, 'only reads', except('-c')],
  ['ls-tree', 1, 'only reads', always],
  ['cat-file', 1, 'only reads', except('-p')],
  ['grep', 1, 'only reads', except('-c', '-p')],
  ['add', 3, 'stages files', always],
  ['commit', 3, 'makes a commit', except('-c', '-p')],
  ['init', 3, 'makes a repository', always],
  [
    'switch',
    3,
    'changes the branch',
    [
      ...except('-c'),
      {
        options: ['-f', '--force', '--discard-changes', '-C', '--force-create'],
        to: 4,
        why: 'throws changes away',
      },
    ],
  ],
  ['merge', 3, 'merges', always],
  ['mv', 3, 'moves files', always],
  [
    'tag',
    3,
    'makes or lists tags',
    [
      ...always,
      { options: ['-d', '--delete', '-f', '--force'], to: 4, why: 'deletes or replaces a tag' },
    ],
  ],
  ['push', 4, 'leaves this machine', always],
  ['reset', 4, 'may throw changes away', always],
  ['checkout', 4, 'may throw changes away', always],
  ['restore', 4, 'throws changes away', always],
  ['clean', 4, 'deletes files', always],
  ['rebase', 4, 'rewrites history', always],
  ['rm', 4, 'deletes files', always],
];

export const git: readonly CommandRule[] = [
  ...rows.map(
    ([sub, complexity, why, raise]): CommandRule => ({
      program: 'git',
      sub,
      complexity,
      why,
      raise: complexity === 1 ? [...raise, output] : raise,
      match: [
        ['git', sub],
        ['git', sub, 'a'],
      ],
      notMatch:
        complexity < 4
          ? [
              ['git', '-c', 'core.pager=sh -c id', sub],
              ['git', '--exec-path=/tmp', sub],
              ['git', '--shallow-file', sub, 'clean', '-fdx'],
              ['git', sub, ...(complexity === 1 ? ['--output=x'] : ['--exec=x'])],
            ]
          : [],
    }),
  ),
  {
    program: 'git',
    sub: 'branch',
    complexity: 1,
    why: 'lists branches',
    raise: [
      ...except('-c'),
      {
        options: ['-d', '-D', '--delete', '-f', '--force', '-M', '-C'],
        to: 4,
        why: 'deletes or replaces a branch',
      },
      {
        options: [
          '-m',
          '--move',
          '-c',
          '--copy',
          '-u',
          '--set-upstream-to',
          '--unset-upstream',
          '--edit-description',
          '-t',
          '--track',
        ],
        to: 3,
        why: 'changes branches',
      },
    ],
    most: { words: 0, to: 3, why: 'makes a branch' },
    match: [
      ['git', 'branch'],
      ['git', 'branch', '-a'],
      ['git', 'branch', '-vv'],
    ],
    notMatch: [
      ['git', 'branch', 'x'],
      ['git', 'branch', '-D', 'x'],
      ['git', 'branch', '-m', 'x'],
    ],
  },
  {
    program: 'git',
    sub: 'stash',
    complexity: 3,
    why: 'sets changes aside',
    raise: except('-p'),
    most: { words: 0, to: 4, why: 'may throw away what was set aside' },
    match: [['git', 'stash']],
    notMatch: [
      ['git', 'stash', 'drop'],
      ['git', 'stash', 'clear'],
    ],
  },
  {
    program: 'git',
    sub: 'remote',
    complexity: 1,
    why: 'lists remotes',
    raise: always,
    most: { words: 0, to: 4, why: 'changes where commits go, or asks over the network' },
    match: [
      ['git', 'remote'],
      ['git', 'remote', '-v'],
    ],
    notMatch: [
      ['git', 'remote', 'add', 'x', 'y'],
      ['git', 'remote', 'update'],
    ],
  },
];
