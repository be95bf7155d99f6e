import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { AtomError } from '../base/errors.ts';
import { redact } from '../base/redact.ts';
import type { Bus } from '../bus/bus.ts';
import type { Action } from '../domain/action.ts';
import type { Store } from '../domain/store.ts';
import { redeem } from '../governance/grant.ts';
import { insertPost } from '../store/tables/feed.ts';

const MOST_TEXT = 2000;

const resource = z.strictObject({
  kind: z.enum(['status', 'insight', 'question', 'alert']),
  text: z.string().min(1).max(MOST_TEXT),
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
    const text = redact(found.data.text).slice(0, MOST_TEXT).toWellFormed();
    return {
      resource: { kind: found.data.kind, text },
      facts: {},
      card: { kind: 'message', words: [text], may: ['be read by you'], undo: 'stays in the feed' },
    };
  },
  execute: async (grant) => {
    const { request } = redeem(grant);
    const { kind, text } = resource.parse(request.resource);
    const post = { id: request.id, author: request.principal.id, kind, text, at: deps.clock.now() };
    await insertPost(deps.store, post);
    deps.bus.tell('feed.posted', post);
    return { post: post.id };
  },
});
