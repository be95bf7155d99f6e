import type { SkillTest } from 'atom-agent';

export const tests: readonly SkillTest[] = [
  {
    name: 'says when it is first, and how to take it out',
    input: { when: 'tomorrow at 9', text: 'Call Ada' },
    answers: { 'remind tomorrow at 9': { id: 'j1', when: 'Saturday 09:00' } },
    gives: { text: 'I remind you, first at Saturday 09:00. To take it out: atom jobs remove j1' },
  },
  { name: 'wants a text', input: { when: 'tomorrow', text: '' }, fails: 'The input is wrong' },
];
