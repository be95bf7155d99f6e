import type { SkillTest } from 'atom-agent';

const files = { 'notes.txt': 'Buy milk\nand bread\n', 'src/main.ts': 'export const milk = 1;\n' };

export const tests: readonly SkillTest[] = [
  { name: 'lists', input: { op: 'list' }, files, gives: { text: 'notes.txt  19 bytes\nsrc/' } },
  {
    name: 'searches',
    input: { op: 'search', text: 'MILK' },
    files,
    gives: { text: 'notes.txt:1: Buy milk\nsrc/main.ts:1: export const milk = 1;', more: false },
  },
  { name: 'stays in its folder', input: { op: 'list', path: '..' }, fails: 'leads out' },
];
