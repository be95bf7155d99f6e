import type { Atom } from '../../atom.ts';
import { viewerOf } from '../../domain/visibility.ts';
import type { Methods } from '../kernel.ts';

/** What agents tell, and the owner's own words beside it. */
export const feedMethods = ({
  feed,
}: Atom): Pick<Methods, Extract<keyof Methods, `feed.${string}`>> => ({
  'feed.list': ({ user, ...query }, caller) => feed.page(query, viewerOf(caller, user)),
  'feed.post': async (wish) => ({ post: await feed.post(wish) }),
  'feed.react': async ({ post, mark }) => ({ changed: await feed.react(post, mark) }),
});
