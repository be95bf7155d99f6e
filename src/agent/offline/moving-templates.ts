import type { Template } from './template.ts';

/** Copying, renaming and deleting. Where something is in the way, the command says so or undo has it. */
export const movingTemplates: readonly Template[] = [
  {
    says: 'copy a file or folder',
    form: 'copy FILE to PATH',
    patterns: ['copy file FILE to PATH', 'copy folder FILE to PATH'],
    tool: 'shell_exec',
    input: ({ FILE = '', PATH = '' }) => ({ argv: ['cp', '-r', '--', FILE, PATH] }),
    asks: 'Copy what, and where to? For example: copy list.txt to old-list.txt',
    examples: [
      ['copy list.txt to old.txt', { argv: ['cp', '-r', '--', 'list.txt', 'old.txt'] }],
      ['copy the folder site to backup', { argv: ['cp', '-r', '--', 'site', 'backup'] }],
    ],
  },
  {
    says: 'move or rename a file or folder',
    form: 'move FILE to PATH',
    patterns: [
      'rename FILE to PATH',
      'move file FILE to PATH',
      'rename file FILE to PATH',
      'move folder FILE to PATH',
      'rename folder FILE to PATH',
    ],
    tool: 'shell_exec',
    input: ({ FILE = '', PATH = '' }) => ({ argv: ['mv', '--', FILE, PATH] }),
    asks: 'Move what, and where to? For example: move list.txt to photos',
    examples: [
      ['move list.txt to photos', { argv: ['mv', '--', 'list.txt', 'photos'] }],
      ['rename "my list" to list.txt', { argv: ['mv', '--', 'my list', 'list.txt'] }],
    ],
  },
  {
    says: 'delete a folder and all that is in it',
    form: 'delete folder FILE',
    patterns: ['remove folder FILE'],
    tool: 'shell_exec',
    input: ({ FILE = '' }) => ({ argv: ['rm', '-r', '--', FILE] }),
    asks: 'Delete which folder?',
    examples: [['delete the folder build', { argv: ['rm', '-r', '--', 'build'] }]],
  },
  {
    says: 'delete a file',
    form: 'delete FILE',
    patterns: ['delete file FILE', 'remove FILE', 'remove file FILE'],
    tool: 'shell_exec',
    input: ({ FILE = '' }) => ({ argv: ['rm', '--', FILE] }),
    asks: 'Delete which file?',
    examples: [['delete old.txt', { argv: ['rm', '--', 'old.txt'] }]],
  },
];
