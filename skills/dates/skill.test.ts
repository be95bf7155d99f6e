import type { SkillTest } from 'atom-agent';

export const tests: readonly SkillTest[] = [
  {
    name: 'counts days between',
    input: { op: 'between', date: '2026-12-24', to: '2026-12-31' },
    gives: { text: '7 days lie between them.' },
  },
  { name: 'says what is no day', input: { op: 'day', date: 'someday' }, fails: 'someday' },
];
