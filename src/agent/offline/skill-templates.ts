import { skillToolName } from '../tools.ts';
import { inSigns, isSum } from './sum.ts';
import type { Template } from './template.ts';

const [calculator, dates, notes] = ['calculator', 'dates', 'notes'].map(skillToolName) as [
  string,
  string,
  string,
];

/** `3 weeks`, `a month`, `10 days` */
const SPAN = /^(\d{1,5}|an?|one) (day|week|month|year)s?$/i;

/** What is said to the skills that come with atom. */
export const skillTemplates: readonly Template[] = [
  {
    says: 'calculate something',
    form: 'calculate WORDS',
    patterns: ['how much is WORDS', 'what is WORDS', "what's WORDS", 'compute WORDS'],
    tool: calculator,
    fits: ({ WORDS = '' }) => isSum(WORDS),
    input: ({ WORDS = '' }) => ({ expression: inSigns(WORDS) }),
    asks: 'Calculate what?',
    examples: [
      ['calculate 3 * (4 + 5)', { expression: '3 * (4 + 5)' }],
      ['How much is 15% of 80?', { expression: '15% of 80' }],
      ['what is 2^10', { expression: '2^10' }],
      ['what is 12 times 7', { expression: '12 * 7' }],
    ],
  },
  {
    says: 'count the days until a date',
    form: 'how many days until WORDS',
    patterns: ['days until WORDS', 'how many days to WORDS', 'how long until WORDS'],
    tool: dates,
    input: ({ WORDS = '' }) => ({ op: 'until', date: WORDS }),
    asks: 'Until which day?',
    examples: [
      ['How many days until 24 December?', { op: 'until', date: '24 December' }],
      ['days until 2026-12-24', { op: 'until', date: '2026-12-24' }],
    ],
  },
  {
    says: 'say which day it is in some weeks',
    form: 'what is the date in WORDS',
    patterns: ['what date is in WORDS', 'which day is in WORDS', 'date in WORDS'],
    tool: dates,
    fits: ({ WORDS = '' }) => SPAN.test(WORDS),
    input: ({ WORDS = '' }) => {
      const [, count = '', unit = ''] = SPAN.exec(WORDS) ?? [];
      return { op: 'add', amount: Number(count) || 1, unit: `${unit.toLowerCase()}s` };
    },
    asks: 'In how many days, weeks, months or years?',
    examples: [
      ['what is the date in 3 weeks?', { op: 'add', amount: 3, unit: 'weeks' }],
      ['date in a month', { op: 'add', amount: 1, unit: 'months' }],
    ],
  },
  {
    says: 'say which day of the week a date is',
    form: 'what day is WORDS',
    patterns: [
      'which day is WORDS',
      'what weekday is WORDS',
      'what date is WORDS',
      'what day was WORDS',
      'what is the date [today]',
      "what's the date [today]",
      "what is today's date",
    ],
    tool: dates,
    input: ({ WORDS = 'today' }) => ({
      op: 'day',
      date: /^it( today)?$/i.test(WORDS) ? 'today' : WORDS,
    }),
    asks: 'Which date?',
    examples: [
      ['what day is 2026-12-24?', { op: 'day', date: '2026-12-24' }],
      ['What day is it?', { op: 'day', date: 'today' }],
      ['what day is it today', { op: 'day', date: 'today' }],
      ['What is the date?', { op: 'day', date: 'today' }],
    ],
  },
  {
    says: 'show your notes',
    form: 'show my notes',
    patterns: ['my notes', 'list [my] notes', 'show me my notes', 'show [me] [all] notes'],
    tool: notes,
    input: () => ({ op: 'find' }),
    examples: [
      ['show my notes', { op: 'find' }],
      ['List notes', { op: 'find' }],
    ],
  },
  {
    says: 'search your notes',
    form: 'search my notes for WORDS',
    patterns: ['search notes for WORDS', 'find WORDS in my notes', 'look for WORDS in my notes'],
    tool: notes,
    input: ({ WORDS = '' }) => ({ op: 'find', text: WORDS }),
    asks: 'Search the notes for which words?',
    examples: [
      ['Search my notes for Ada, please.', { op: 'find', text: 'Ada' }],
      ['find bin Tuesday in my notes', { op: 'find', text: 'bin Tuesday' }],
    ],
  },
  {
    says: 'write a note down',
    form: 'note that TEXT',
    patterns: ['take [a] note that TEXT', 'take [a] note: TEXT', 'note: TEXT', 'note down TEXT'],
    tool: notes,
    input: ({ TEXT = '' }) => ({ op: 'add', text: TEXT }),
    asks: 'Note what?',
    examples: [
      [
        'note that the bin goes out on Tuesday!',
        { op: 'add', text: 'the bin goes out on Tuesday!' },
      ],
      ['Note: call Ada', { op: 'add', text: 'call Ada' }],
    ],
  },
  {
    says: 'sum up the git repository',
    form: 'git summary [of PATH]',
    patterns: [
      'summary of the repository [PATH]',
      'what happened in this repository',
      'summarise this repository',
      'summarize this repository',
    ],
    tool: skillToolName('git-summary'),
    input: ({ PATH }) => (PATH === undefined ? {} : { folder: PATH }),
    examples: [
      ['git summary', {}],
      ['Git summary of site', { folder: 'site' }],
    ],
  },
  {
    says: 'say how this machine is',
    form: 'system status',
    patterns: [
      'status of the system',
      'status of this machine',
      'how much disk is free',
      'how much disk space is free',
      'how much memory is free',
      'how is the machine',
      'is my disk full',
      'show [me] [running] processes',
      'which processes are running',
      'what is running',
    ],
    tool: skillToolName('system-status'),
    input: () => ({}),
    examples: [
      ['system status', {}],
      ['How much disk is free?', {}],
    ],
  },
  {
    says: 'say whether a program is installed',
    form: 'is PATH installed',
    patterns: [
      'do I have PATH installed',
      'which version of PATH is installed',
      'where is PATH installed',
    ],
    tool: skillToolName('packages'),
    input: ({ PATH = '' }) => ({ names: [PATH] }),
    asks: 'Which program?',
    examples: [
      ['is git installed?', { names: ['git'] }],
      ['which version of node is installed', { names: ['node'] }],
    ],
  },
  {
    says: 'say what is in an archive',
    form: 'what is in the archive PATH',
    patterns: [
      'list the archive PATH',
      "what's in the archive PATH",
      'what is in PATH',
      "what's in PATH",
    ],
    tool: skillToolName('archive-list'),
    fits: ({ PATH = '' }) => /\.(zip|tar|tgz|gz)$/i.test(PATH),
    input: ({ PATH = '' }) => ({ archive: PATH }),
    asks: 'Which archive?',
    examples: [['what is in the archive photos.zip?', { archive: 'photos.zip' }]],
  },
  {
    says: 'unpack an archive into a new folder',
    form: 'unpack FILE',
    patterns: ['extract FILE', 'unzip FILE', 'untar FILE', 'unpack the archive FILE'],
    tool: skillToolName('archive'),
    input: ({ FILE = '' }) => ({ op: 'unpack', archive: FILE }),
    asks: 'Unpack which archive?',
    examples: [['unpack the archive.zip', { op: 'unpack', archive: 'archive.zip' }]],
  },
  {
    says: 'pack a file or folder',
    form: 'pack FILE',
    patterns: ['zip FILE', 'pack folder FILE', 'zip folder FILE'],
    tool: skillToolName('archive'),
    input: ({ FILE = '' }) => ({
      op: 'pack',
      archive: `${FILE.replace(/\/+$/, '')}.zip`,
      from: [FILE],
    }),
    asks: 'Pack which file or folder?',
    examples: [['pack the folder notes', { op: 'pack', archive: 'notes.zip', from: ['notes'] }]],
  },
  {
    says: 'say what the weather is at a place',
    form: 'weather in WORDS',
    patterns: [
      'what is the weather in WORDS',
      "what's the weather in WORDS",
      'how is the weather in WORDS',
    ],
    tool: skillToolName('weather'),
    fits: ({ WORDS = '' }) => !/^(my|your|our)\b/i.test(WORDS),
    input: ({ WORDS = '' }) => ({ place: WORDS }),
    asks: 'Where?',
    examples: [
      ['weather in Oslo', { place: 'Oslo' }],
      ['What is the weather in San Marino?', { place: 'San Marino' }],
    ],
  },
];
