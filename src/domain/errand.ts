import type { Address } from './address.ts';
import { isAbove, type Maturity } from './agent.ts';
import { type FeedPost, postKinds } from './feed-post.ts';
import type { Labels } from './label.ts';

/**
 * Something that an agent does because another one, or a post in the feed, led to it. Kept beside the event
 * that its turn answers and made by atom alone: no agent writes a field of it.
 */
export interface Errand {
  /** Id of the event in the spool. */
  readonly event: string;
  /** What put it there, once: the run of an asker, or a post and the agent that it woke. */
  readonly cause: string;
  readonly kind: 'ask' | 'wake';
  /** Id of the agent that asks; absent where the owner does. */
  readonly asker?: string;
  /** Id of the agent that does it. */
  readonly asked: string;
  /** Id of the event that began everything: what is spent counts to it, and it is done for whoever said that. */
  readonly root: string;
  /** Ids of the agents on the way here, the asker last. None of them may be asked again. */
  readonly chain: readonly string[];
  /** Of a wake, the number of the post. */
  readonly post?: number;
  readonly at: number;
}

/** What came of an errand. */
export interface ErrandAnswer {
  readonly text: string;
  /** Of everything that whoever answers was shown. */
  readonly labels: Labels;
  /** How its turn ended. */
  readonly result: string;
}

/** What an agent may wake for in the feed: posts of a kind, or being named in one. */
export const wakeKinds = [...postKinds, 'mention'] as const;
export type WakeKind = (typeof wakeKinds)[number];

export const wakeWords: Readonly<Record<WakeKind, string>> = {
  status: 'news',
  insight: 'insights',
  question: 'questions',
  alert: 'alerts',
  mention: 'being named',
};

/** Why an agent wakes for a post: for being named in it, or for its kind; undefined where it does not. */
export function wakesFor(
  { id, wakes }: { readonly id: string; readonly wakes: readonly WakeKind[] },
  { kind, mentions }: Pick<FeedPost, 'kind' | 'mentions'>,
): WakeKind | undefined {
  if (wakes.includes('mention') && mentions.includes(id)) return 'mention';
  return wakes.find((one) => one === kind);
}

/** Longer ways are nobody's wish: agents that talk on end. */
export const MOST_HOPS = 4;
/** And so many errands that one message leads to. */
export const MOST_ERRANDS = 16;
export const MOST_ERRAND_TEXT = 8000;

/** An agent's own conversation, or the one about a single task. */
export const agentHome = (agent: string, thread = 'main'): Address => ({
  channel: 'agent',
  account: 'main',
  peer: agent,
  thread,
});

/** The lowest of some maturities: whoever works for somebody may do no more than they. */
export const lowestOf = (first: Maturity, others: readonly Maturity[]): Maturity =>
  others.reduce((lowest, one) => (isAbove(lowest, one) ? one : lowest), first);
