import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { AtomError } from '../base/errors.ts';
import { redact } from '../base/redact.ts';
import type { Bus } from '../bus/bus.ts';
import type { Action, Writer } from '../domain/action.ts';
import { MOST_POST, mentionsIn, type NewPost, postKinds } from '../domain/feed-post.ts';
import type { Store } from '../domain/store.ts';
import { redeem } from '../governance/grant.ts';
import { insertPost } from '../store/tables/feed.ts';

const resource = z.strictObject({
  kind: z.enum(postKinds),
  text: z.string().min(1).max(MOST_POST),
  /** Number of the post that it answers. */
  replyTo: z.number().int().positive().optional(),
  /** How far something is, from 0 to 1. */
  progress: z.number().min(0).max(1).optional(),
});

export interface FeedDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
}

/** `feed.post`: tells the owner something, redacted before it is kept. The post's id is the intent's. */
export const createFeedPost = (deps: FeedDeps): Action => ({
  name: 'feed.post',
  prepare: async (raw) => {
    const found = resource.safeParse(raw);
    if (!found.success)
      throw new AtomError('usage', `That is not a post: ${z.prettifyError(found.error)}`);
    const { replyTo, progress, ...said } = found.data;
    const text = redact(said.text).slice(0, MOST_POST).toWellFormed();
    return {
      resource: {
        ...{ kind: said.kind, text },
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(progress === undefined ? {} : { progress }),
      },
      facts: {},
      card: { kind: 'message', words: [text], may: ['be read by you'], undo: 'stays in the feed' },
    };
  },
  execute: async (grant) => {
    const { value, tell } = await deps.store.tx((sql) => write(deps)(grant, sql));
    tell();
    return value;
  },
  writer: () => write(deps),
});

const write =
  ({ bus, clock }: FeedDeps): Writer =>
  async (grant, sql) => {
    const { request } = redeem(grant);
    const { replyTo, progress, kind, text } = resource.parse(request.resource);
    const { session } = request.context;
    const post: NewPost = {
      ...{ id: request.id, author: request.principal.id, by: request.principal.kind },
      ...{ kind, text, at: clock.now(), mentions: mentionsIn(text), labels: request.labels },
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(progress === undefined ? {} : { progress }),
      ...(session === undefined ? {} : { session }),
    };
    const posted = await insertPost(sql, post);
    return {
      value: { post: posted?.seq ?? null },
      tell: () => {
        if (posted) bus.tell('feed.posted', posted);
      },
    };
  };
