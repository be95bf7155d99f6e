import type { SkillTest } from 'atom-agent';

export const tests: readonly SkillTest[] = [
  {
    name: 'packs',
    skill: 'archive',
    input: { op: 'pack', archive: 'notes.zip', from: ['notes'] },
    files: { 'notes/a.txt': 'a' },
    gives: { text: 'Packed 1 file into notes.zip.' },
  },
  {
    name: 'packs nothing from outside',
    skill: 'archive',
    input: { op: 'pack', archive: 'notes.zip', from: ['../x'] },
    fails: 'no such file',
  },
  {
    name: 'says what is no archive',
    skill: 'archive-list',
    input: { archive: 'a.zip' },
    files: { 'a.zip': 'PK nothing' },
    fails: 'no zip',
  },
];
