import { excerpt } from '../base/excerpt.ts';
import { newId } from '../base/ids.ts';
import { agentHome, type Errand, MOST_ERRANDS, MOST_HOPS } from '../domain/errand.ts';
import type { InboundEvent } from '../domain/event.ts';
import { saidBy } from '../domain/feed-post.ts';
import type { Sourced } from '../domain/label.ts';
import type { Sql } from '../domain/store.ts';
import { keyOf } from '../protocol/session-key.ts';
import { errandBy, errandOf, eventsOf, insertErrand } from '../store/tables/errands.ts';
import { ensureSession, hushSession } from '../store/tables/sessions.ts';
import { spoolEvent } from '../store/tables/spool.ts';

/** What is to be begun, and what led to it. */
export interface NewErrand extends Pick<Errand, 'cause' | 'kind' | 'asked' | 'at'> {
  /** Id of the agent that asks; undefined for the owner. */
  readonly asker: string | undefined;
  /** Id of the event in whose turn it was asked; undefined where there is none. */
  readonly parent: string | undefined;
  /** Which of its conversations it is asked in. */
  readonly thread: string;
  readonly post?: number;
  /** Nothing of it is told in the feed, as of whatever led to it. */
  readonly hushed: boolean;
  readonly text: string;
  /** Of all that whoever asks was shown. */
  readonly heard: Sourced;
  readonly note: string;
}

/** `full` says in words why nothing more may come of what `root` began. */
export type Begun =
  | { readonly errand: Errand }
  | { readonly full: string; readonly root: string; readonly chain: readonly string[] };

/**
 * Puts an errand into the spool, once for each cause, within the caller's transaction. Who is behind it, and
 * how far it is from where it began, is looked up at the event that led to it.
 */
export async function beginErrand(sql: Sql, wish: NewErrand): Promise<Begun> {
  const known = await errandBy(sql, wish.cause);
  if (known) return { errand: known };
  const errand = await errandFor(sql, wish);
  const { root, chain } = errand;
  if (chain.length > MOST_HOPS) return { full: tooFar(chain, wish.asked), root, chain };
  const all = root === errand.event ? 0 : (await eventsOf(sql, root)).length - 1;
  if (all >= MOST_ERRANDS) return { full: tooMany(chain), root, chain };
  const home = agentHome(wish.asked, wish.thread);
  const key = keyOf(home, false);
  const session = { id: newId(), key, agent: wish.asked, home, startedAt: wish.at };
  const { id } = await ensureSession(sql, session);
  if (wish.hushed) await hushSession(sql, id);
  await insertErrand(sql, errand);
  await spoolEvent(sql, eventOf(errand, { ...wish, from: home }), key);
  return { errand };
}

/** Names the alert about one message that led too far. */
export const errandsLimit = (root: string): string => `errands:${root}`;

export const isErrandsLimit = (id: string): boolean => id.startsWith('errands:');

/** The agents that were on the way when somebody asks in the turn of an event, the asker last. */
export async function chainTo(
  sql: Sql,
  asker: string | undefined,
  parent: string | undefined,
): Promise<readonly string[]> {
  if (asker === undefined) return [];
  const before = parent === undefined ? undefined : await errandOf(sql, parent);
  return [...(before?.chain ?? []), asker];
}

async function errandFor(sql: Sql, wish: NewErrand): Promise<Errand> {
  const { cause, kind, asker, asked, parent, post, at } = wish;
  const event = newId();
  const before = parent === undefined ? undefined : await errandOf(sql, parent);
  return {
    event,
    cause,
    kind,
    asked,
    at,
    root: before?.root ?? (asker === undefined ? event : (parent ?? event)),
    chain: await chainTo(sql, asker, parent),
    ...(asker === undefined ? {} : { asker }),
    ...(post === undefined ? {} : { post }),
  };
}

const eventOf = (
  { event, cause, asker = 'owner', at }: Errand,
  { from, text, heard, note }: NewErrand & Pick<InboundEvent, 'from'>,
): InboundEvent => ({
  id: event,
  externalId: cause,
  from,
  sender: { id: asker },
  at,
  via: { surface: 'agent', owner: false, heard: heardFrom(asker, heard), note },
  wordsOf: asker === 'owner' ? 'kept for you' : `of the agent ${asker}`,
  kind: 'message',
  text,
  media: [],
  isGroup: false,
  mentionsMe: true,
});

const heardFrom = (asker: string, { labels, ...from }: Sourced): Sourced => ({
  ...from,
  labels: saidBy(asker === 'owner' ? 'owner' : 'agent', labels),
});

const tooFar = (chain: readonly string[], asked: string): string =>
  `Stopped: ${[...chain, asked].join(' → ')} is a longer way than the ${MOST_HOPS} steps that agents may take from one message of yours.`;

const tooMany = (chain: readonly string[]): string =>
  `Stopped: ${[...new Set(chain)].join(', ')} have asked each other ${MOST_ERRANDS} times for one message of yours, and more is not done.`;

const EXCERPT = 120;

/** The record keeps the beginning of what was asked; the conversation has all of it. */
export const askedWords = (text: string): string => excerpt(text, EXCERPT);
