import type { CommandRule } from './command-rule.ts';

/** Programs that read until one of their many words says otherwise. */
export const finders: readonly CommandRule[] = [
  {
    program: 'find',
    complexity: 1,
    why: 'only reads',
    longShorts: true,
    raise: [
      { options: ['-delete'], to: 4, why: 'deletes what it finds' },
      {
        options: ['-exec', '-execdir', '-ok', '-okdir'],
        to: 4,
        why: 'runs a program on what it finds',
      },
      { options: ['-fprint', '-fprint0', '-fprintf', '-fls'], to: 3, why: 'writes a file' },
    ],
    match: [
      ['find', '.', '-name', '*.ts'],
      ['find', 'src', '-type', 'f', '-size', '+1M'],
    ],
    notMatch: [
      ['find', '.', '-delete'],
      ['find', '.', '-exec', 'rm', '{}', ';'],
      ['find', '.', '-fprintf', 'x', '%p'],
      ['find', '--', '.', '-delete'],
    ],
  },
  {
    program: 'xxd',
    complexity: 1,
    why: 'only reads',
    raise: [{ options: ['-r', '-revert'], to: 3, why: 'writes a file' }],
    most: { words: 1, to: 3, why: 'a second word is a file to write' },
    match: [['xxd', 'a']],
    notMatch: [
      ['xxd', '-r', 'a'],
      ['xxd', 'a', 'b'],
    ],
  },
  {
    program: 'sed',
    complexity: 4,
    why: 'its script can write files and run programs',
    match: [['sed', '-n', '1p', 'a']],
    notMatch: [],
  },
  {
    program: 'awk',
    complexity: 4,
    why: 'its script can write files and run programs',
    match: [['awk', '{print}', 'a']],
    notMatch: [],
  },
  {
    program: 'tar',
    complexity: 3,
    why: 'writes an archive or unpacks one',
    bundled: true,
    raise: [
      {
        options: [
          '--to-command',
          '--checkpoint-action',
          '--use-compress-program',
          '-I',
          '--rsh-command',
          '--rmt-command',
          '--info-script',
          '--new-volume-script',
          '-F',
        ],
        to: 4,
        why: 'this option runs another program',
      },
      {
        options: ['--remove-files', '--delete', '--unlink-first', '-U', '--recursive-unlink'],
        to: 4,
        why: 'deletes files',
      },
    ],
    match: [
      ['tar', '-cf', 'a.tar', 'src'],
      ['tar', 'xf', 'a.tar'],
    ],
    notMatch: [
      ['tar', '-xf', 'a.tar', '--to-command=sh'],
      ['tar', 'cf', 'a.tar', 'src', '--checkpoint-action', 'exec=sh'],
      ['tar', '-cIsh', 'a.tar', '.'],
      ['tar', 'cIf', 'sh', 'a.tar', '.'],
    ],
  },
];
