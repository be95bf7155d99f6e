import type { Atom } from '../../atom.ts';
import { viewerOf } from '../../domain/visibility.ts';
import type { Methods } from '../kernel.ts';
import { foundOf } from './named-user.ts';

/** What agents tell, and the owner's own words beside it. */
export const feedMethods = ({
  feed,
  records: { users },
}: Atom): Pick<Methods, Extract<keyof Methods, `feed.${string}`>> => ({
  'feed.list': async ({ user: name, ...query }, caller) => {
    const { posts, last } = await feed.page(query, viewerOf(caller, name));
    return { posts: foundOf(users, { caller, name, found: posts }), last };
  },
  'feed.post': async (wish) => ({ post: await feed.post(wish) }),
  'feed.react': async ({ post, mark }) => ({ changed: await feed.react(post, mark) }),
});
