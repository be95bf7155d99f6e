import type { Template } from './template.ts';

/** What is said to have something remembered, looked up or forgotten. */
export const memoryTemplates: readonly Template[] = [
  {
    says: 'remember something',
    form: 'remember that LINE',
    patterns: ['remember: LINE', 'keep in mind that LINE'],
    tool: 'memory_write',
    input: ({ LINE = '' }) => ({ text: LINE }),
    asks: 'Remember what?',
    examples: [
      ['remember that I take my tea with milk', { text: 'I take my tea with milk' }],
      ['Please remember that Dana likes 3 sugars.', { text: 'Dana likes 3 sugars.' }],
    ],
  },
  {
    says: 'tell what I remember',
    form: 'what do you remember [about WORDS]',
    patterns: ['what do you remember of WORDS', 'what do you know about WORDS'],
    tool: 'memory_search',
    input: ({ WORDS }) => (WORDS === undefined ? {} : { words: WORDS }),
    examples: [
      ['what do you remember about my tea?', { words: 'my tea' }],
      ['what do you remember?', {}],
    ],
  },
  {
    says: 'forget one note',
    form: 'forget note PATH',
    patterns: ['forget the note PATH'],
    tool: 'memory_forget',
    input: ({ PATH = '' }) => ({ note: PATH }),
    asks: 'Forget which note? “what do you remember” names them.',
    examples: [['forget note likes-tea', { note: 'likes-tea' }]],
  },
  {
    says: 'forget what I know about something',
    form: 'forget about WORDS',
    patterns: ['forget that WORDS', 'forget what I said about WORDS'],
    tool: 'memory_forget',
    // “Forget about it” is said by who thinks better of something.
    fits: ({ WORDS = '' }) => !/^(it|that|this|them|everything|all)$/i.test(WORDS),
    input: ({ WORDS = '' }) => ({ about: WORDS }),
    asks: 'Forget what is about which words?',
    examples: [['forget about my tea', { about: 'my tea' }]],
  },
];
