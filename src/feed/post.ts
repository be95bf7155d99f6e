import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { AtomError, readAs } from '../base/errors.ts';
import type { Bus } from '../bus/bus.ts';
import type { Action, ActionRequest, Writer } from '../domain/action.ts';
import {
  type FeedPost,
  MOST_POST,
  mentionsIn,
  type NewPost,
  postKinds,
  saidBy,
} from '../domain/feed-post.ts';
import type { Sql, Store } from '../domain/store.ts';
import { redeem } from '../governance/grant.ts';
import { insertPost } from '../store/tables/feed.ts';
import { isHushed } from '../store/tables/sessions.ts';
import { type Own, redactPost } from './redact.ts';

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
  /** What may not be told, whatever it looks like. */
  readonly own: () => Promise<Own>;
  /** True for a channel that the owner marked private: nothing that is said there is told. */
  readonly isPrivate: (channel: string) => boolean;
  /** Name of the user for whom a post is written, by the event that led to it. */
  readonly userOf: (sql: Sql, event: string | undefined) => Promise<string | undefined>;
  /** What follows from a post, within the transaction that keeps it. Resolves to what is told once it stands. */
  readonly posted?: (sql: Sql, post: FeedPost, request: ActionRequest) => Promise<() => void>;
}

/** `feed.post`: tells the owner something, redacted before it is kept. The post's id is the intent's. */
export const createFeedPost = (deps: FeedDeps): Action => ({
  name: 'feed.post',
  prepare: async (raw, agent) => {
    if (agent?.private === true || agent?.feed === 'off')
      throw new AtomError('blocked', `${agent.name} never posts: you set it so.`, {
        next: [`Let it post:   atom agents set ${agent.name} --feed operations --public`],
      });
    const { replyTo, progress, ...said } = readAs(resource, raw, 'That is not a post');
    const text = redactPost(said.text, await deps.own());
    return {
      resource: {
        kind: said.kind,
        text,
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
  ({ bus, clock, isPrivate, userOf, posted: follow }: FeedDeps): Writer =>
  async (grant, sql) => {
    const { request } = redeem(grant);
    if (request.principal.kind === 'agent' && (await isHushed(sql, request.context, isPrivate)))
      throw new AtomError('blocked', 'What is said in a private place is not posted.');
    const { replyTo, progress, kind, text } = resource.parse(request.resource);
    const { session, event } = request.context;
    const of = await userOf(sql, event);
    const post: NewPost = {
      id: request.id,
      author: request.principal.id,
      by: request.principal.kind,
      kind,
      text,
      at: clock.now(),
      mentions: mentionsIn(text),
      labels: saidBy(request.principal.kind, request.labels),
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(progress === undefined ? {} : { progress }),
      ...(session === undefined ? {} : { session }),
      ...(of === undefined ? {} : { of }),
    };
    const posted = await insertPost(sql, post);
    const tellMore = posted && (await follow?.(sql, posted, request));
    return {
      value: { post: posted?.seq ?? null },
      tell: () => {
        if (posted) bus.tell('feed.posted', posted);
        tellMore?.();
      },
    };
  };
