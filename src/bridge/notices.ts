import { visible } from '../base/visible.ts';
import type { Metadata } from './contract.ts';

/** A message to an agent about something that happened in a program: `sendToAgent(key, text, metadata)`. */
export interface Notice {
  readonly text: string;
  readonly metadata: Metadata;
}

/**
 * Templates of what an orchestrator tells. What is filled in comes from elsewhere: each is put on one line,
 * with whatever could hide or reorder text written out, and cut after 500 characters.
 */
export const notices = {
  agentStarted: ({ agent, task }: { readonly agent: string; readonly task: string }): Notice =>
    notice('agent.started', { agent, task }, `${named(agent)} has started: ${shown(task)}`),
  approvalNeeded: (about: {
    readonly agent: string;
    readonly what: string;
    /** How it is answered, such as `ok k7p2`. */
    readonly how?: string;
  }): Notice =>
    notice(
      'approval.needed',
      about,
      `${named(about.agent)} waits for an approval: ${shown(about.what)}${
        about.how === undefined ? '' : `\nAnswer: ${shown(about.how)}`
      }`,
    ),
  finished: ({ agent, result }: { readonly agent: string; readonly result: string }): Notice =>
    notice('agent.finished', { agent, result }, `${named(agent)} has finished: ${shown(result)}`),
  failed: ({ agent, reason }: { readonly agent: string; readonly reason: string }): Notice =>
    notice('agent.failed', { agent, reason }, `${named(agent)} has failed: ${shown(reason)}`),
} as const;

const LONGEST = 500;

function shown(text: string): string {
  const line = visible(text.trim());
  const characters = [...line];
  return characters.length <= LONGEST ? line : `${characters.slice(0, LONGEST).join('')}…`;
}

const named = (agent: string): string => `Agent ${shown(agent)}`;

const notice = (kind: string, about: object, text: string): Notice => ({
  text,
  metadata: {
    kind,
    ...Object.fromEntries(Object.entries(about).map(([key, value]) => [key, shown(String(value))])),
  },
});
