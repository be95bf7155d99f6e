import type { Template } from './template.ts';

/** Copying and renaming. Where something is in the way, the command says so or undo has it. */
export const movingTemplates: readonly Template[] = [
  {
    says: 'copy a file or folder',
    form: 'copy WORDS to PATH',
    patterns: ['copy file WORDS to PATH', 'copy folder WORDS to PATH'],
    tool: 'shell_exec',
    input: ({ WORDS = '', PATH = '' }) => ({ argv: ['cp', '-r', '--', WORDS, PATH] }),
    asks: 'Copy what, and where to? For example: copy list.txt to old-list.txt',
    examples: [['copy list.txt to old.txt', { argv: ['cp', '-r', '--', 'list.txt', 'old.txt'] }]],
  },
  {
    says: 'move or rename a file or folder',
    form: 'move WORDS to PATH',
    patterns: ['rename WORDS to PATH', 'move file WORDS to PATH', 'rename file WORDS to PATH'],
    tool: 'shell_exec',
    input: ({ WORDS = '', PATH = '' }) => ({ argv: ['mv', '--', WORDS, PATH] }),
    asks: 'Move what, and where to? For example: move list.txt to photos',
    examples: [
      ['move list.txt to photos', { argv: ['mv', '--', 'list.txt', 'photos'] }],
      ['rename "my list" to list.txt', { argv: ['mv', '--', 'my list', 'list.txt'] }],
    ],
  },
];
