import type { Complexity } from '../../domain/complexity.ts';
import type { CommandRule, Raise } from './command-rule.ts';

const runs = (...options: string[]): Raise => ({
  options,
  to: 4,
  why: 'this option runs another program',
});

type Row = readonly [program: string, complexity: Complexity, why: string, ...raise: Raise[]];

/** Programs that change things, and those that destroy what no undo brings back. */
const plain: readonly Row[] = [
  ['mkdir', 3, 'makes folders'],
  ['touch', 3, 'makes files or changes their times'],
  ['cp', 3, 'copies, and may overwrite'],
  ['mv', 3, 'moves, and may overwrite'],
  ['ln', 3, 'makes links'],
  [
    'chmod',
    3,
    'changes permissions',
    { options: ['-R', '--recursive'], to: 4, why: 'a whole tree at once' },
  ],
  ['tee', 3, 'writes files'],
  ['split', 3, 'writes files', runs('--filter')],
  ['csplit', 3, 'writes files'],
  ['patch', 3, 'changes files'],
  ['gzip', 3, 'replaces files'],
  ['gunzip', 3, 'replaces files'],
  [
    'zip',
    3,
    'writes an archive',
    runs('-TT', '--unzip-command', '-T', '--test'),
    { options: ['-m', '--move', '-d', '--delete'], to: 4, why: 'deletes files' },
  ],
  ['unzip', 3, 'writes files'],
  ['mktemp', 3, 'makes a file'],
  ['rm', 4, 'deletes, and cannot be undone'],
  ['rmdir', 4, 'deletes folders'],
  ['unlink', 4, 'deletes, and cannot be undone'],
  ['shred', 4, 'destroys files'],
  ['truncate', 4, 'cuts files'],
  ['dd', 4, 'overwrites what it is pointed at'],
];

export const writers: readonly CommandRule[] = plain.map(
  ([program, complexity, why, ...raise]) => ({
    program,
    complexity,
    why,
    raise,
    match: [[program, 'a', 'b']],
    notMatch: raise.flatMap(({ options }) => options.map((option) => [program, option, 'x'])),
  }),
);
