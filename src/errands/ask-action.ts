import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { AtomError, readAs } from '../base/errors.ts';
import type { Bus } from '../bus/bus.ts';
import type { Action, Leaving, Writer } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import { MOST_ERRAND_TEXT } from '../domain/errand.ts';
import type { Store } from '../domain/store.ts';
import { redeem } from '../governance/grant.ts';
import { type AgentRow, agentById, allAgents } from '../store/tables/agents.ts';
import { isHushed } from '../store/tables/sessions.ts';
import { askedWords, beginErrand, chainTo, errandsLimit } from './begin.ts';

export interface AskDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  /** Who reads what an agent is told. */
  readonly readBy: (agent: AgentRow) => Leaving;
  /** True for a channel that the owner marked private. */
  readonly isPrivate: (channel: string) => boolean;
}

const resource = z.strictObject({
  /** Its name. */
  agent: z.string().min(1).max(64),
  text: z.string().trim().min(1).max(MOST_ERRAND_TEXT),
});

/**
 * The action `agent.ask`: `{agent, text}` asks another agent, in a conversation about this alone. Its result is
 * `{event, agent}`: the event that the other one's turn answers. What that turn does is decided as if the least
 * mature of all on the way asked.
 */
export const createAgentAsk = (deps: AskDeps): Action => ({
  name: 'agent.ask',
  prepare: async (raw, asker, context) => {
    const wish = readAs(resource, raw, 'That asks nobody');
    const asked = await requireAsked(deps.store, wish.agent, asker);
    const chain = await chainTo(deps.store, asker?.id, context?.event);
    if (chain.slice(0, -1).includes(asked.id)) throw waitsItself(chain, asked);
    return {
      resource: wish,
      facts: {},
      leaves: deps.readBy(asked),
      card: {
        kind: 'message',
        words: [`ask ${asked.id}: ${askedWords(wish.text)}`],
        may: [`have ${asked.name} do what both may do by themselves`],
        undo: 'what comes of it is decided, and can be taken back, one by one',
      },
    };
  },
  execute: async (grant) => {
    const { value, tell } = await deps.store.tx((sql) => ask(deps)(grant, sql));
    tell();
    return value;
  },
  writer: () => ask(deps),
});

const ask =
  ({ bus, clock, isPrivate }: AskDeps): Writer =>
  async (grant, sql) => {
    const { request } = redeem(grant);
    const { id, principal, context, labels } = request;
    const { agent, text } = resource.parse(request.resource);
    const asker = principal.kind === 'agent' ? principal.id : undefined;
    const begun = await beginErrand(sql, {
      cause: id,
      kind: 'ask',
      asker,
      asked: agent,
      parent: context.event,
      text,
      thread: `${asker ?? 'owner'}-${context.event ?? id}`,
      heard: { labels, source: 'a message' },
      hushed: await isHushed(sql, context, isPrivate),
      note: `${asker ?? 'The owner'} asks you this. What you answer goes back there, and to nobody else.`,
      at: clock.now(),
    });
    if ('full' in begun) {
      bus.tell('limit.reached', { id: errandsLimit(begun.root), words: begun.full });
      throw new AtomError('blocked', begun.full);
    }
    const tell = (): void => bus.tell('inbound', undefined);
    return { value: { event: begun.errand.event, agent }, tell };
  };

/** Throws AtomError `not-found`, or `blocked` where that agent may not be asked. */
async function requireAsked(
  store: Store,
  name: string,
  asker: Agent | undefined,
): Promise<AgentRow> {
  const asked = await agentById(store, name);
  if (!asked) {
    const names = (await allAgents(store)).map(({ id }) => id).filter((id) => id !== asker?.id);
    throw new AtomError(
      'not-found',
      `There is no agent ${name}. ${names.length === 0 ? 'There is no other one.' : `There are: ${names.join(', ')}.`}`,
    );
  }
  const why = whyNot(asked, asker);
  if (why !== undefined) throw new AtomError('blocked', why);
  return asked;
}

/** True where an agent may ask another one now. */
export const mayAsk = (asked: AgentRow, asker: Agent): boolean =>
  whyNot(asked, asker) === undefined;

function whyNot(asked: AgentRow, asker: Agent | undefined): string | undefined {
  if (asked.paused) return `${asked.name} is paused and does nothing.`;
  if (!asker) return undefined;
  if (asked.id === asker.id) return 'An agent does not ask itself: do it.';
  if (asker.private === true)
    return `${asker.name} is private: what it hears and says stays in its own conversations.`;
  if (asked.askedBy?.includes(asker.id)) return undefined;
  if (asked.private === true)
    return `${asked.name} is private, and the owner has not let ${asker.name} ask it.`;
  return asked.askedBy === undefined
    ? undefined
    : `The owner has not let ${asker.name} ask ${asked.name}.`;
}

const waitsItself = (chain: readonly string[], { id, name }: AgentRow): AtomError =>
  new AtomError(
    'blocked',
    `${name} waits for this itself (${[...chain, id].join(' → ')}): do it yourself, or answer that you cannot.`,
  );
