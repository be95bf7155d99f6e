import type { SkillTest } from 'atom-agent';

export const tests: readonly SkillTest[] = [
  { name: 'calculates', input: { expression: '3 * (4 + 5)' }, gives: { text: '27', value: 27 } },
  { name: 'knows per cent', input: { expression: '15% of 80' }, gives: { value: 12 } },
  { name: 'runs no code', input: { expression: 'process.exit()' }, fails: 'cannot calculate' },
];
