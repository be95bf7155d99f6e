import type { Json } from '../../base/json.ts';
import { typedAddress } from '../../domain/typed-address.ts';
import { typedCommand } from '../../domain/typed-command.ts';
import { skillToolName } from '../tools.ts';
import { agentTemplates } from './agent-phrase.ts';
import { jobTemplates } from './job-templates.ts';
import { memoryTemplates } from './memory-templates.ts';
import { movingTemplates } from './moving-templates.ts';
import type { Slots } from './pattern.ts';
import { skillTemplates } from './skill-templates.ts';
import type { Template } from './template.ts';

const command = (...argv: readonly (string | undefined)[]): Json => ({
  argv: argv.filter((word) => word !== undefined),
});
const onPath = ({ PATH }: Slots): readonly (string | undefined)[] =>
  PATH === undefined ? [] : ['--', PATH];
const workspace = skillToolName('workspace');

/** Tried from the top; the first that fits is meant. */
export const templates: readonly Template[] = [
  {
    says: 'list the files of a folder',
    form: 'list files [in PATH]',
    patterns: [
      'list [my] files',
      'list files in [this] folder',
      'show [me] [my] files',
      'show [me] files in PATH',
      'what is in [my] folder',
      'what is in [this] folder',
      "what's in [my] folder",
      'what is here',
      "what's here",
      'what is in PATH',
      "what's in PATH",
      'ls [PATH]',
    ],
    tool: 'shell_exec',
    input: (slots) => command('ls', '-la', ...onPath(slots)),
    examples: [
      ['list files', { argv: ['ls', '-la'] }],
      ['List the files in src, please.', { argv: ['ls', '-la', '--', 'src'] }],
      ['what is in my folder?', { argv: ['ls', '-la'] }],
      ['list files in ..', { argv: ['ls', '-la', '--', '..'] }],
    ],
  },
  {
    says: 'say how big a file or folder is',
    form: 'how big is PATH',
    patterns: [
      'how big is [this] folder',
      'how big is my folder',
      'size of PATH',
      'size of [this] folder',
    ],
    tool: 'shell_exec',
    input: (slots) => command('du', '-sh', ...onPath(slots)),
    asks: 'How big is which file or folder?',
    examples: [
      ['how big is this folder?', { argv: ['du', '-sh'] }],
      ['how big is "my photos"', { argv: ['du', '-sh', '--', 'my photos'] }],
    ],
  },
  ...skillTemplates,
  {
    says: 'search the text of the files',
    form: 'search for WORDS [in PATH]',
    patterns: [
      'search for WORDS in this folder',
      'look for WORDS in this folder',
      'look for WORDS [in PATH]',
      'find WORDS [in PATH]',
      'grep WORDS [in PATH]',
    ],
    tool: workspace,
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
    input: ({ PATH }) => ({ op: 'summary', ...(PATH === undefined ? {} : { path: PATH }) }),
    examples: [
      ['summary of this folder', { op: 'summary' }],
      ['Give me a summary!', { op: 'summary' }],
      ['summarize src', { op: 'summary', path: 'src' }],
    ],
  },
  {
    says: 'run one command in the jail folder',
    form: 'run LINE',
    patterns: [],
    tool: 'shell_exec',
    input: ({ LINE = '' }) => typedCommand(LINE) as Json,
    asks: 'Run which command?',
    examples: [
      ['run git status', { argv: ['git', 'status'] }],
      ['run ls | wc -l', { line: 'ls | wc -l' }],
      [`Please run grep -c 'a b' notes.txt`, { argv: ['grep', '-c', 'a b', 'notes.txt'] }],
    ],
  },
  ...jobTemplates,
  ...memoryTemplates,
  ...agentTemplates,
  {
    says: 'put the file you sent into the jail folder',
    form: 'save the file',
    patterns: [
      'save this file',
      'save it',
      'save this',
      'save the picture',
      'save this picture',
      'keep the file',
      'keep it',
    ],
    tool: 'file_receive',
    input: () => ({}),
    examples: [
      ['save the file', {}],
      ['Please save this picture!', {}],
    ],
  },
  {
    says: 'send you a file',
    form: 'send me PATH',
    patterns: ['send me file PATH', 'send me picture PATH', 'send file PATH', 'send PATH'],
    tool: 'file_send',
    input: ({ PATH = '' }) => ({ path: PATH }),
    asks: 'Send which file?',
    examples: [
      ['send me report.pdf', { path: 'report.pdf' }],
      ['Send me the file "my photo.jpg"', { path: 'my photo.jpg' }],
    ],
  },
  {
    says: 'fetch a page of the web',
    form: 'fetch PATH',
    patterns: [
      'fetch page PATH',
      'what is on [page] PATH',
      "what's on [page] PATH",
      'read page PATH',
    ],
    tool: 'net_fetch',
    input: ({ PATH = '' }) => ({ url: typedAddress(PATH) }),
    asks: 'Fetch which page? Its address looks like https://example.org/page.',
    examples: [
      ['fetch https://example.org/a?b=1', { url: 'https://example.org/a?b=1' }],
      ['What is on the page example.org, please?', { url: 'https://example.org' }],
    ],
  },
  {
    says: 'write a text file',
    form: 'write TEXT to PATH',
    patterns: ['save TEXT to PATH'],
    tool: 'file_write',
    input: ({ TEXT = '', PATH = '' }) => ({ path: PATH, content: `${TEXT}\n` }),
    asks: 'Write which words to which file?',
    examples: [
      ['write Buy milk! to list.txt', { path: 'list.txt', content: 'Buy milk!\n' }],
      ['write "from a to b" to "my notes.txt"', { path: 'my notes.txt', content: 'from a to b\n' }],
    ],
  },
  {
    says: 'make a folder',
    form: 'make folder PATH',
    patterns: ['make folder called PATH', 'create folder PATH', 'new folder PATH', 'mkdir PATH'],
    tool: 'shell_exec',
    input: ({ PATH }) => command('mkdir', '-p', '--', PATH),
    asks: 'Make a folder of which name?',
    examples: [['Make a folder Photos', { argv: ['mkdir', '-p', '--', 'Photos'] }]],
  },
  ...movingTemplates,
  {
    says: 'delete a folder and all that is in it',
    form: 'delete folder PATH',
    patterns: ['remove folder PATH'],
    tool: 'shell_exec',
    input: ({ PATH }) => command('rm', '-r', '--', PATH),
    asks: 'Delete which folder?',
    examples: [['delete the folder build', { argv: ['rm', '-r', '--', 'build'] }]],
  },
  {
    says: 'delete a file',
    form: 'delete PATH',
    patterns: ['delete file PATH', 'remove PATH', 'remove file PATH'],
    tool: 'shell_exec',
    input: ({ PATH }) => command('rm', '--', PATH),
    asks: 'Delete which file?',
    examples: [['delete old.txt', { argv: ['rm', '--', 'old.txt'] }]],
  },
  {
    says: 'show what is in a file',
    form: 'show me PATH',
    patterns: ['show PATH', 'read PATH', 'cat PATH', 'open PATH'],
    tool: 'file_read',
    input: ({ PATH = '' }) => ({ path: PATH }),
    asks: 'Show which file?',
    examples: [
      ['show me notes.txt', { path: 'notes.txt' }],
      ['cat the README.md.', { path: 'README.md' }],
    ],
  },
];
