import type { SkillTest } from 'atom-agent';

const files = {
  'notes/notes.md': '# Notes\n\n- 2026-01-01 09:00 milk\n- 2026-01-02 09:00 Ada: bread\n',
};

export const tests: readonly SkillTest[] = [
  {
    name: 'finds by words',
    input: { op: 'find', text: 'ADA' },
    files,
    gives: { text: '2026-01-02 09:00 Ada: bread' },
  },
  {
    name: 'says that there are none',
    input: { op: 'find' },
    gives: { text: 'There are no notes yet.' },
  },
  {
    name: 'adds one',
    input: { op: 'add', text: 'x' },
    files,
    gives: { text: 'Noted in notes/notes.md.' },
  },
  { name: 'adds no nothing', input: { op: 'add' }, fails: 'add takes a text' },
];
