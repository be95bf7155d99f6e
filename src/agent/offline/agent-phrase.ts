import { AGENT_ASK } from '../ask-tool.ts';
import type { Template } from './template.ts';

/** What is said to have another agent do something. */
export const agentTemplates: readonly Template[] = [
  {
    says: 'ask another agent',
    form: 'ask PATH to LINE',
    patterns: ['tell PATH to LINE'],
    tool: AGENT_ASK,
    input: ({ PATH = '', LINE = '' }) => ({ agent: PATH.toLowerCase(), text: LINE }),
    asks: 'Ask which agent, and for what?',
    examples: [
      ['ask writer to list files', { agent: 'writer', text: 'list files' }],
      ['Please ask checker to read notes.txt', { agent: 'checker', text: 'read notes.txt' }],
    ],
  },
];

const ADDRESSED = /^\s*@([a-z][a-z0-9-]{0,31})[,:]?\s+(\S.*)$/is;

/** Who is spoken to, and what they are told: `@writer list files`. */
export function addressedIn(
  text: string,
): { readonly agent: string; readonly text: string } | undefined {
  const [, agent, rest] = ADDRESSED.exec(text) ?? [];
  return agent === undefined || rest === undefined
    ? undefined
    : { agent: agent.toLowerCase(), text: rest.trim() };
}
