import type { Bus } from '../bus/bus.ts';
import { changeWords } from '../domain/agent-change.ts';
import type { Alert } from '../domain/alert.ts';
import { haltWords } from '../domain/halt.ts';
import type { Happening } from '../domain/notice.ts';

type Stops = readonly (() => void)[];

/** Hears of what the owner may have alerted. What is told must hold up nothing. Returns how to stop. */
export const hearAlerts = (bus: Bus, tell: (alert: Alert & Happening) => void): Stops => [
  bus.on('alert', tell),
  bus.on('halt.changed', ({ now }) =>
    tell({ kind: 'panic', text: now ? `${haltWords(now)}.` : 'What was halted goes on.' }),
  ),
  bus.on('agent.changed', (change) => {
    if (change.kind === 'demoted' && change.by === 'atom')
      tell({ kind: 'demotion', text: changeWords(change), agent: change.agent });
  }),
  bus.on('standing.lost', (text) => tell({ kind: 'record', text })),
  bus.on('limit.reached', ({ words }) => tell({ kind: 'budget', text: words })),
  bus.on('factor.locked', () =>
    tell({
      kind: 'factor',
      text: 'Codes of the second factor were refused in a row; none is taken.',
    }),
  ),
];

/** The same, and what the feed says and how questions and jobs end. */
export const hearAll = (bus: Bus, tell: (happening: Happening) => void): Stops => [
  ...hearAlerts(bus, tell),
  bus.on('feed.posted', ({ kind, text, author }) =>
    tell({ kind: `post.${kind}`, text, agent: author }),
  ),
  bus.on('approval.decided', ({ state, head, card, request }) => {
    // What was asked for stays on its card: it may be a command with anything in it.
    if (state !== 'expired' || head !== undefined) return;
    const text = `Nobody answered the question ${card.code} in time, so nothing was done.`;
    tell({ kind: 'approval.expired', text, agentId: request.principal.id });
  }),
  bus.on('job.ended', ({ job, agent, result }) => {
    const done = result === 'replied';
    const text = done ? `${job} was done.` : `${job} was not done: ${ENDS[result]}.`;
    tell({ kind: done ? 'job.done' : 'job.failed', text, agent });
  }),
];

const ENDS = {
  declined: 'you declined what it asked',
  blocked: 'a rule forbids it',
  failed: 'it failed',
  stopped: 'it was stopped',
} as const;
