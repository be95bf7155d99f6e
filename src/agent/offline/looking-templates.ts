import type { Json } from '../../base/json.ts';
import { skillToolName } from '../tools.ts';
import { isVerbatim } from './about.ts';
import { endingsOf } from './file-kinds.ts';
import type { Template } from './template.ts';

const workspace = skillToolName('workspace');

/** Names that begin with a dot are passed over, with all that is in such a folder. */
const found = (...names: readonly string[]): Json => ({
  argv: [
    ...['find', '.', '-name', '.?*', '-prune', '-o', '-type', 'f', '('],
    ...names.flatMap((name, at) => [...(at === 0 ? [] : ['-o']), '-iname', name]),
    ...[')', '-print'],
  ],
});

/** What is said to find files, to search them and to sum them up. */
export const lookingTemplates: readonly Template[] = [
  {
    says: 'find all files of a kind',
    form: 'find all WORDS files',
    patterns: [
      ...['find [my] WORDS files', 'find every WORDS [file]', 'list [all] [my] WORDS files'],
      ...[
        'show [me] [all] [my] WORDS files',
        'where are my WORDS [files]',
        'find [all] [my] WORDS',
      ],
    ],
    tool: 'shell_exec',
    fits: ({ WORDS = '' }) => endingsOf(WORDS) !== undefined,
    input: ({ WORDS = '' }) => found(...(endingsOf(WORDS) ?? []).map((ending) => `*.${ending}`)),
    asks: 'Files of which kind? For example: pdf',
    examples: [
      ['find all pdf files', found('*.pdf')],
      ['Find the markdown files, please', found('*.md', '*.markdown')],
    ],
  },
  {
    says: 'find a file by its name',
    form: 'find FILE',
    patterns: [
      ...['find file FILE', 'find file called FILE', 'find file named FILE', 'where is FILE'],
      ...['where is file FILE', 'find files named FILE', 'find files called FILE', 'look for FILE'],
    ],
    tool: 'shell_exec',
    // Words in quotes are searched for in the text of the files.
    fits: ({ FILE = '' }, message) =>
      !/\b(find|for) ["'“‘]/i.test(message) && !/[*?[\\]/.test(FILE),
    input: ({ FILE = '' }) => found(FILE.includes('.') ? FILE : `*${FILE}*`),
    asks: 'Find the file of which name?',
    examples: [
      ['find report.txt', found('report.txt')],
      ['find files named report', found('*report*')],
    ],
  },
  {
    says: 'show what takes up the most space',
    form: 'biggest files',
    patterns: [
      ...['show [me] largest files', 'largest files', 'show [me] biggest files'],
      ...['what are the biggest files', 'what are the largest files', 'find the biggest files'],
      ...['what takes up the most space', 'what takes [up] most space', 'find big files'],
    ],
    tool: 'shell_exec',
    input: () => ({ line: 'du -ah | sort -rh | head -n 15' }),
    examples: [['Show me the biggest files', { line: 'du -ah | sort -rh | head -n 15' }]],
  },
  {
    says: 'count the words of a file',
    form: 'count the words in FILE',
    patterns: [
      ...['how many words are in FILE', 'how many words has FILE', 'count words of FILE'],
      ...['how many words are there in FILE', 'word count of FILE'],
    ],
    tool: 'shell_exec',
    input: ({ FILE = '' }) => ({ argv: ['wc', '-w', '--', FILE] }),
    asks: 'Count the words of which file?',
    examples: [['count the words in list.txt', { argv: ['wc', '-w', '--', 'list.txt'] }]],
  },
  {
    says: 'count the lines of a file',
    form: 'count the lines in FILE',
    patterns: ['how many lines are in FILE', 'how many lines has FILE', 'count lines of FILE'],
    tool: 'shell_exec',
    input: ({ FILE = '' }) => ({ argv: ['wc', '-l', '--', FILE] }),
    asks: 'Count the lines of which file?',
    examples: [['How many lines are in list.txt?', { argv: ['wc', '-l', '--', 'list.txt'] }]],
  },
  {
    says: 'say which folder this is',
    form: 'which folder is this',
    patterns: ['pwd', 'where am I', 'what folder am I in', 'which folder am I in', 'where are we'],
    tool: 'shell_exec',
    input: () => ({ argv: ['pwd'] }),
    examples: [['where am I?', { argv: ['pwd'] }]],
  },
  {
    says: 'search the text of the files',
    form: 'search for WORDS [in PATH]',
    patterns: [
      'search for WORDS in this folder',
      'look for WORDS in this folder',
      'look for WORDS [in PATH]',
      'find WORDS [in PATH]',
      'search for word WORDS [in PATH]',
      'grep WORDS [in PATH]',
    ],
    tool: workspace,
    fits: ({ WORDS = '' }, message) => isVerbatim(WORDS, message),
    input: ({ WORDS = '', PATH }) => ({
      op: 'search',
      text: WORDS,
      ...(PATH === undefined ? {} : { path: PATH }),
    }),
    asks: 'Search for which words?',
    examples: [
      ['search for hello world', { op: 'search', text: 'hello world' }],
      ['search for "to do" in src', { op: 'search', text: 'to do', path: 'src' }],
      ['look for bugs in this folder', { op: 'search', text: 'bugs' }],
    ],
  },
  {
    says: 'sum up what a folder holds',
    form: 'summary of this folder',
    patterns: [
      'summary [of my folder]',
      'give me a summary [of this folder]',
      'summarise this folder',
      'summarize this folder',
      'summary of PATH',
      'summarise PATH',
      'summarize PATH',
    ],
    tool: workspace,
    // A file is read, and not summed up without a model.
    fits: ({ PATH = '' }) => !/\.\w+$/.test(PATH),
    input: ({ PATH }) => ({ op: 'summary', ...(PATH === undefined ? {} : { path: PATH }) }),
    examples: [
      ['summary of this folder', { op: 'summary' }],
      ['Give me a summary!', { op: 'summary' }],
      ['summarize src', { op: 'summary', path: 'src' }],
    ],
  },
];
