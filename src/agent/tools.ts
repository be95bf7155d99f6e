import { z } from 'zod';
import type { Labels } from '../domain/label.ts';
import type { Skill } from '../domain/skill.ts';
import type { Tool } from '../domain/tool.ts';
import { fetchedText } from './fetched-text.ts';
import { fileText, listingText, receivedText, sentText, writtenText } from './file-text.ts';
import { memoryTools } from './memory-tools.ts';
import { commandText, skillText } from './output-text.ts';
import { resultReadTool } from './result-read-tool.ts';
import { because, tableTool } from './table-tool.ts';
import { tellingTools } from './telling-tools.ts';

/** A skill that reads no files knows nothing of the owner's but what it is told. */
const skillYields = ({ files, fs, commands }: Skill['permissions']): Labels => ({
  integrity: 'untrusted',
  confidentiality:
    files === 'none' && fs.read.length + commands.length === 0 ? 'public' : 'private',
});

const path = z.string().min(1).describe('Path, relative to the jail folder or absolute inside it.');

/** What comes with atom, one tool each for what agents may ask for. */
export const builtInTools: readonly Tool[] = [
  tableTool({
    name: 'shell_exec',
    action: 'shell.exec',
    description:
      'Run a command in the jail folder. Give either argv, one program and its arguments, or line, a command line; prefer argv where one program will do.',
    input: z
      .strictObject({
        argv: z.array(z.string()).min(1).optional().describe('For example ["git", "status"].'),
        line: z
          .string()
          .min(1)
          .optional()
          .describe(
            'A command line with pipes, &&, redirections; no functions or background jobs.',
          ),
        cwd: z
          .string()
          .min(1)
          .optional()
          .describe('Folder to run in; the jail folder if left out.'),
        because,
      })
      .refine(({ argv, line }) => (argv === undefined) !== (line === undefined), {
        message: 'give either argv or line',
      }),
    toText: commandText,
  }),
  tableTool({
    name: 'file_read',
    action: 'file.read',
    description: 'Read one text file in the jail folder.',
    input: z.strictObject({ path, because }),
    toText: fileText,
  }),
  tableTool({
    name: 'file_list',
    action: 'file.list',
    description: 'List what is in a folder.',
    input: z.strictObject({ path: path.optional(), because }),
    toText: listingText,
  }),
  tableTool({
    name: 'file_write',
    action: 'file.write',
    description: 'Write a text file in the jail folder, replacing what was there.',
    input: z.strictObject({ path, content: z.string(), because }),
    toText: writtenText,
  }),
  tableTool({
    name: 'file_receive',
    action: 'file.receive',
    description:
      'Put a file that came with a message into the inbox folder of the jail, where it can be read. Gives back its path.',
    input: z.strictObject({
      file: z.string().optional().describe('Its id, as noted; the newest one if left out.'),
      because,
    }),
    inSession: true,
    yields: { integrity: 'untrusted', confidentiality: 'private' },
    toText: receivedText,
  }),
  tableTool({
    name: 'file_send',
    action: 'file.send',
    description:
      'Send a file of the jail folder to the chat that asked. Pictures are written anew, without what they say of place and camera; other files go as they are.',
    input: z.strictObject({
      path,
      caption: z.string().max(900).optional().describe('Words below it.'),
      because,
    }),
    inSession: true,
    toText: sentText,
  }),
  ...tellingTools,
  tableTool({
    name: 'net_fetch',
    action: 'net.fetch',
    description:
      'Fetch a page or a file of text from the web, as text. Hosts that the owner allowed are looked at at once; for others, and for anything but GET and HEAD, the owner is asked.',
    input: z.strictObject({
      url: z.string().min(1).describe('Such as https://example.org/page.'),
      method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
      body: z.string().optional().describe('What is sent, as JSON or text; not with GET.'),
      because,
    }),
    yields: { integrity: 'untrusted', confidentiality: 'private' },
    toText: fetchedText,
  }),
  ...memoryTools,
  resultReadTool,
];

/** A skill as a tool; its input is checked by the skill itself, where it runs. */
export const skillTool = (skill: Skill): Tool => ({
  name: skillToolName(skill.name),
  description: skill.description,
  input: skill.input,
  yields: skillYields(skill.permissions),
  toIntent: (input) => ({ action: 'skill.call', resource: { skill: skill.name, input } }),
  toText: skillText,
});

/** The name under which a planner finds a skill's tool: models take only a–z, 0–9 and `_`. */
export const skillToolName = (skill: string): string => `skill_${skill.replaceAll('-', '_')}`;
