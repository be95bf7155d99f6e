import { AtomError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import type { Perform } from '../domain/action.ts';
import type { FeedEntry, FeedPost, PostKind } from '../domain/feed-post.ts';
import { type Belonging, type Viewer, visibleTo } from '../domain/visibility.ts';
import { type FeedQuery, feedPage, noSuchPost, postBySeq } from '../store/tables/feed.ts';
import type { Records } from './record.ts';
import type { Users } from './users.ts';

/** The feed, as it is read, and as the owner writes into it. */
export interface FeedDesk {
  /**
   * What somebody may see. `thread` may be the number of any post of it. Throws AtomError `not-found` where there
   * is none.
   */
  page(
    query: FeedQuery,
    viewer: Viewer,
  ): Promise<{ readonly posts: readonly FeedEntry[]; readonly last: number }>;
  /** Throws AtomError `not-found` for an answer to nothing, `blocked` where it could not be redacted. */
  post(wish: {
    readonly text: string;
    readonly kind: PostKind;
    readonly replyTo?: number | undefined;
  }): Promise<FeedEntry>;
  /** False where that was said already. Throws AtomError `not-found`. */
  react(post: number, mark: string): Promise<boolean>;
}

export interface FeedDeskParts {
  readonly records: Pick<Records, 'store' | 'users'>;
  readonly performAsOwner: Perform;
}

export function createFeedDesk({
  records: { store, users },
  performAsOwner,
}: FeedDeskParts): FeedDesk {
  const require = async (seq: number): Promise<FeedEntry> => {
    const found = await postBySeq(store, seq);
    if (found) return found;
    throw noSuchPost(seq);
  };
  const act = async (action: string, resource: Json): Promise<Json> => {
    const outcome = await performAsOwner({ id: newId(), action, resource, context: {} });
    if (outcome.ok) return outcome.value;
    throw new AtomError(outcome.reason === 'failed' ? 'failed' : 'blocked', outcome.message);
  };
  return {
    page: async ({ thread, ...query }, viewer) => {
      const within = thread === undefined ? undefined : await require(thread);
      if (within && !visibleTo(viewer, belongingOf(users, within))) throw noSuchPost(within.seq);
      // Looked at first: what comes in between is in the page, or after this.
      const of = seenIn(users, viewer);
      const [newest] = await feedPage(store, { limit: 1, of });
      const about = { thread: within?.root ?? within?.seq, of };
      const posts = await feedPage(store, { ...query, ...about });
      return { posts, last: newest?.seq ?? 0 };
    },
    post: async ({ text, kind, replyTo }) => {
      if (replyTo !== undefined) await require(replyTo);
      const answer = replyTo === undefined ? {} : { replyTo };
      const value = await act('feed.post', { kind, text, ...answer });
      return require(Number((value as { readonly post: Json }).post));
    },
    react: async (post, mark) => {
      await require(post);
      const value = await act('feed.react', { post, mark });
      return (value as { readonly changed: Json }).changed === true;
    },
  };
}

/** What a post is to whoever looks at it. */
export const belongingOf = (
  users: Pick<Users, 'shares'>,
  { of }: Pick<FeedPost, 'of'>,
): Belonging => ({ kind: 'post', of, shared: of !== undefined && users.shares(of) });

/** The users whose posts somebody sees; undefined for whoever sees all of them. */
export const seenIn = (
  users: Pick<Users, 'shares' | 'list'>,
  viewer: Viewer,
): readonly string[] | undefined =>
  visibleTo(viewer, { kind: 'post', of: undefined })
    ? undefined
    : users
        .list()
        .map(({ name }) => name)
        .filter((of) => visibleTo(viewer, belongingOf(users, { of })));
