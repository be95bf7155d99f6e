import type { Gateway } from '../../bridge/gateway.ts';
import type { FeedPost } from '../../domain/feed-post.ts';
import { MOST_PANE, withPost } from '../feed/feed-rows.ts';
import type { Row } from '../text/spans.ts';
import { errorRows } from './messages.ts';
import type { DeskState } from './state.ts';
import type { Store } from './store.ts';

/** Opens the pane of the feed, or closes it. Resolves to what is told where the feed could not be read. */
export async function turnFeed(gateway: Gateway, store: Store<DeskState>): Promise<readonly Row[]> {
  if (store.get().feed) {
    store.set({ feed: undefined });
    return [];
  }
  store.set({ feed: [] });
  try {
    const { posts } = await gateway.request('feed.list', { limit: MOST_PANE });
    const { feed } = store.get();
    // What came meanwhile is newer.
    if (feed) store.set({ feed: feed.reduce(withPost, posts.toReversed() as readonly FeedPost[]) });
    return [];
  } catch (thrown) {
    return errorRows(gateway, thrown);
  }
}
