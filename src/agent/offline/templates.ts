import type { Json } from '../../base/json.ts';
import { typedAddress } from '../../domain/typed-address.ts';
import { typedCommand } from '../../domain/typed-command.ts';
import { isAbout, isVerbatim } from './about.ts';
import { agentTemplates } from './agent-phrase.ts';
import { jobTemplates } from './job-templates.ts';
import { lookingTemplates } from './looking-templates.ts';
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
    // What is in a file is not what `ls` says of it.
    fits: ({ PATH = '' }) => !/\.\w+$/.test(PATH),
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
  ...lookingTemplates,
  {
    says: 'run one command in the jail folder',
    form: 'run LINE',
    patterns: [],
    tool: 'shell_exec',
    // “Run the tests”, “run out of milk”: no program is called so.
    fits: ({ LINE = '' }) => !isAbout(LINE) && !/^(away|out|for|into|to|in)\b/i.test(LINE),
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
    form: 'send me FILE',
    patterns: ['send me file FILE', 'send me picture FILE', 'send file FILE', 'send FILE'],
    tool: 'file_send',
    input: ({ FILE = '' }) => ({ path: FILE }),
    asks: 'Send which file?',
    examples: [
      ['send me report.pdf', { path: 'report.pdf' }],
      ['Send me the file "my photo.jpg"', { path: 'my photo.jpg' }],
    ],
  },
  {
    says: 'fetch a page of the web',
    form: 'fetch ADDRESS',
    patterns: [
      'fetch page ADDRESS',
      'what is on [page] ADDRESS',
      "what's on [page] ADDRESS",
      'read page ADDRESS',
    ],
    tool: 'net_fetch',
    input: ({ ADDRESS = '' }) => ({ url: typedAddress(ADDRESS) }),
    asks: 'Fetch which page? Its address looks like https://example.org/page.',
    examples: [
      ['fetch https://example.org/a?b=1', { url: 'https://example.org/a?b=1' }],
      ['What is on the page example.org, please?', { url: 'https://example.org' }],
    ],
  },
  {
    says: 'write a text file',
    form: 'write TEXT to FILE',
    patterns: ['save TEXT to FILE'],
    tool: 'file_write',
    fits: ({ TEXT = '' }, message) => isVerbatim(TEXT, message),
    input: ({ TEXT = '', FILE = '' }) => ({ path: FILE, content: `${TEXT}\n` }),
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
    says: 'show what is in a file',
    form: 'show me FILE',
    patterns: [
      'show FILE',
      'read FILE',
      'open FILE',
      'show [me] file FILE',
      'read file FILE',
      'open file FILE',
      'what is in [file] FILE',
      "what's in [file] FILE",
      'cat PATH',
    ],
    tool: 'file_read',
    input: ({ FILE, PATH = '' }) => ({ path: FILE ?? PATH }),
    asks: 'Show which file?',
    examples: [
      ['show me notes.txt', { path: 'notes.txt' }],
      ['cat the README.md.', { path: 'README.md' }],
    ],
  },
];
