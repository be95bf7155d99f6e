import type { ActionRequest } from '../domain/action.ts';
import { type WakeKind, wakesFor, wakeWords } from '../domain/errand.ts';
import type { FeedPost } from '../domain/feed-post.ts';
import { joinLabels, type Labels, sourceText } from '../domain/label.ts';
import type { Sql } from '../domain/store.ts';
import { allAgents } from '../store/tables/agents.ts';
import { postBySeq } from '../store/tables/feed.ts';
import { appendItem } from '../store/tables/transcript.ts';
import { type Begun, beginErrand } from './begin.ts';

/** In which of their conversations agents wake, and which of them may. */
export interface Waking {
  readonly thread?: string;
  readonly may: (agent: string) => boolean;
}

/**
 * Wakes the agents that a post is for, within the transaction that keeps it: those that wake for its kind, or
 * for being named. Nobody wakes for what it wrote itself, or for what atom says. Resolves to what was begun.
 */
export async function wakeFor(
  sql: Sql,
  post: FeedPost,
  { context: { event: parent }, principal }: Pick<ActionRequest, 'context' | 'principal'>,
  { thread = 'main', may }: Waking,
): Promise<readonly Begun[]> {
  if (post.by === 'system' || post.about !== undefined) return [];
  const asker = principal.kind === 'agent' ? principal.id : undefined;
  const begun: Begun[] = [];
  for (const agent of await allAgents(sql)) {
    const why =
      agent.id === asker || agent.paused || !may(agent.id) ? undefined : wakesFor(agent, post);
    if (why === undefined) continue;
    const one = await beginErrand(sql, {
      cause: `wake:${post.seq}:${agent.id}`,
      kind: 'wake',
      asker,
      asked: agent.id,
      parent,
      thread,
      post: post.seq,
      text: post.text,
      hushed: false,
      at: post.at,
      heard: { labels: post.labels, source: 'a post in the feed' },
      note: noteOf(post, why),
    });
    begun.push(one);
  }
  return begun;
}

const noteOf = ({ author, kind, seq }: FeedPost, why: WakeKind): string =>
  [
    `${author} posted this in the feed as post ${seq} (${kind}), and you wake for ${wakeWords[why]}.`,
    kind === 'question'
      ? 'What you answer is posted there as a reply.'
      : 'What you answer stays in this conversation.',
  ].join(' ');

/**
 * Lets an agent know what others answered to its post, in the conversation that it asked in; it reads it there
 * in its next turn. Whoever answers does not wake it: two agents that thank each other would never end.
 */
export async function bringBack(sql: Sql, post: FeedPost): Promise<void> {
  const asked = post.replyTo === undefined ? undefined : await postBySeq(sql, post.replyTo);
  if (asked?.by !== 'agent' || asked.session === undefined || asked.author === post.author) return;
  const { author, seq, text, id, at } = post;
  await appendItem(sql, {
    session: asked.session,
    talk: asked.talk,
    event: `post:${id}`,
    at,
    labels: joinLabels(post.labels, LOCAL),
    source: sourceText(`an answer of ${author} in the feed`),
    item: { role: 'note', text: `${author} answers your post ${asked.seq} (post ${seq}): ${text}` },
  });
}

/** What one agent says is never the owner's own. */
const LOCAL: Labels = { integrity: 'local', confidentiality: 'public' };
