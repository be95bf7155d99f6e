import { z } from 'zod';
import { type FeedEntry, isReactionMark, MOST_POST, postKinds } from '../domain/feed-post.ts';

const seq = z.number().int().positive();

const reactionMark = z.string().refine(isReactionMark, 'a sign such as 👍, or a short word');

export const MOST_PAGE = 200;

/** Parameters of the feed. */
export const feedParams = {
  /** Newest first, or after a post, oldest first. What is added meanwhile moves nothing. */
  'feed.list': () =>
    z.strictObject({
      limit: z.number().int().min(1).max(MOST_PAGE).default(50),
      before: seq.optional(),
      after: z.number().int().min(0).optional(),
      author: z.string().min(1).max(64).optional(),
      kind: z.enum(postKinds).optional(),
      /** The number of any post of a thread. */
      thread: seq.optional(),
      /** Only what was told of work for this user. */
      user: z.string().min(1).max(32).optional(),
    }),
  /** The owner's own words. */
  'feed.post': () =>
    z.strictObject({
      text: z.string().trim().min(1).max(MOST_POST),
      kind: z.enum(postKinds).default('status'),
      replyTo: seq.optional(),
    }),
  'feed.react': () => z.strictObject({ post: seq, mark: reactionMark }),
} as const;

export interface FeedAnswers {
  /** `last`: the number of the newest post there was when it was looked, whatever was asked for. */
  readonly 'feed.list': { readonly posts: readonly FeedEntry[]; readonly last: number };
  readonly 'feed.post': { readonly post: FeedEntry };
  /** `changed` false: that was said already. */
  readonly 'feed.react': { readonly changed: boolean };
}
