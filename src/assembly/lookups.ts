import { visible } from '../base/visible.ts';
import type { Config } from '../config/schema.ts';
import type { IntentContext } from '../domain/action.ts';
import type { Agent, Principal } from '../domain/agent.ts';
import type { InboundEvent } from '../domain/event.ts';
import { cleanLabels, joinLabels, type Labels } from '../domain/label.ts';
import type { Store } from '../domain/store.ts';
import type { Window } from '../domain/window.ts';
import type { GovernorDeps } from '../governance/governor-deps.ts';
import { agentById } from '../store/tables/agents.ts';
import { sessionById } from '../store/tables/sessions.ts';
import { findEvent } from '../store/tables/spool.ts';
import { conversation } from '../store/tables/transcript.ts';
import { agentOf } from './agent-of.ts';

type Lookups = Pick<GovernorDeps, 'agent' | 'window' | 'origin'>;

/** What the governor looks up instead of believing the asker. */
export const createLookups = (
  store: Store,
  config: Pick<Config, 'model' | 'workspace'>,
): Lookups => ({
  agent: async ({ kind, id }: Principal): Promise<Agent | undefined> => {
    const row = kind === 'agent' ? await agentById(store, id) : undefined;
    return row && agentOf(row, config);
  },
  window: async (context) => windowOf(store, context, await isOffline(store, context, config)),
  origin: async ({ event: id }) => {
    const event = id === undefined ? undefined : await findEvent(store, id);
    if (!event) return { who: 'atom itself' };
    const { channel } = event.from;
    return { who: whoIs(event), trigger: event.text, channel, sender: event.sender.id };
  },
});

/** Whether the planner of a session is the offline one: each agent may have a model of its own. */
async function isOffline(
  store: Store,
  { session: id }: IntentContext,
  config: Pick<Config, 'model' | 'workspace'>,
): Promise<boolean> {
  const session = id === undefined ? undefined : await sessionById(store, id);
  const row = session && (await agentById(store, session.agent));
  return (row?.model ?? config.model) === 'offline';
}

function whoIs({ from: { channel }, sender }: InboundEvent): string {
  const name = sender.name ? ` (calls itself “${visible(sender.name)}”)` : '';
  return channel === 'terminal' ? 'you, at this terminal' : `${sender.id}${name} by ${channel}`;
}

/**
 * The join of everything the planner was shown. The offline planner sees only this turn's words; a
 * model sees the whole conversation, and may obey any of it.
 */
async function windowOf(
  store: Store,
  { session, event }: IntentContext,
  thisTurnOnly: boolean,
): Promise<Window> {
  if (session === undefined) return { labels: cleanLabels, sources: [], said: '' };
  const entries = await conversation(store, session);
  const labels = entries
    .filter((entry) => !thisTurnOnly || entry.event === event)
    .reduce<Labels>((all, entry) => joinLabels(all, entry.labels), cleanLabels);
  return { labels, sources: [], said: '' };
}
