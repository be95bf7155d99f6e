import { visible } from '../base/visible.ts';
import type { Agent } from '../domain/agent.ts';
import { MAIN_AGENT } from '../domain/agent.ts';
import type { Session, TranscriptEntry } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import { windowOfModel } from '../llm/windows.ts';
import { sessionByKey } from '../store/tables/sessions.ts';
import { turnsNow } from '../store/tables/talks.ts';
import { conversation } from '../store/tables/transcript.ts';
import type { Agents } from './agents.ts';
import type { AtomOptions } from './parts.ts';

/** What answers in a conversation, and what else may. */
export interface Answering {
  readonly session: Session | undefined;
  readonly agent: Agent;
  /** `provider/model` or `offline`. */
  readonly model: string;
  /** Asked in their order where the model cannot answer. */
  readonly fallbacks: readonly string[];
}

export async function answeringIn(
  { store, agents }: { readonly store: Store; readonly agents: Pick<Agents, 'find'> },
  key: string,
): Promise<Answering> {
  const session = await sessionByKey(store, key);
  const agent = await agents.find(session?.agent ?? MAIN_AGENT.id);
  const model = session?.model ?? agent.model;
  // Those of the agent were chosen for its own model.
  return {
    session,
    agent,
    model,
    fallbacks: session?.model === undefined ? (agent.fallbacks ?? []) : [],
  };
}

/** `, then b/c`: who answers where the model cannot; empty where nobody does. */
export const thenWords = ({ fallbacks }: Pick<Answering, 'fallbacks'>): string =>
  fallbacks.map((one) => `, then ${visible(one)}`).join('');

/** How one conversation stands, in a line: who answers, how long it is, and how much its model was told last. */
export async function talkStatus(
  { config }: Pick<AtomOptions, 'config'>,
  store: Store,
  answering: Answering,
): Promise<string> {
  const { session, agent, model } = answering;
  const turns = session ? await turnsNow(store, session.id) : 0;
  const parts = [
    `${agent.name} with ${visible(model)}${thenWords(answering)}`,
    `${turns} ${turns === 1 ? 'turn' : 'turns'} in this conversation`,
  ];
  const told = session && lastTold(await conversation(store, session.id));
  if (told !== undefined && model !== 'offline') {
    const window = windowOfModel(model, config.models);
    const share = Math.round((told / window) * 100);
    parts.push(
      `${told.toLocaleString('en')} of ${window.toLocaleString('en')} tokens (${share} %) were told last`,
    );
  }
  return `Here: ${parts.join('; ')}.`;
}

/** As the provider counted; undefined before the first answer, and after it was summed up. */
function lastTold(entries: readonly TranscriptEntry[]): number | undefined {
  const items = entries.map(({ item }) => item);
  const last = items.findLast((item) => item.role === 'assistant' && item.used !== undefined);
  return last?.role === 'assistant' ? last.used?.told : undefined;
}
