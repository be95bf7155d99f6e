import { z } from 'zod';
import { AtomError, readAs } from '../base/errors.ts';
import type { Action, Writer } from '../domain/action.ts';
import { isReactionMark, MOST_MARKS } from '../domain/feed-post.ts';
import { redeem } from '../governance/grant.ts';
import { addReaction, marksOf, noSuchPost, postBySeq } from '../store/tables/feed.ts';
import type { FeedDeps } from './post.ts';

const resource = z.strictObject({
  post: z.number().int().positive(),
  mark: z.string().refine(isReactionMark, 'a sign such as 👍, or a short word'),
});

type ReactDeps = Pick<FeedDeps, 'store' | 'bus' | 'clock'>;

/** `feed.react`: says with one sign what somebody thinks of a post. */
export const createFeedReact = (deps: ReactDeps): Action => ({
  name: 'feed.react',
  prepare: async (raw, agent) => {
    const found = readAs(resource, raw, 'That is no reaction');
    if (agent?.private === true || agent?.feed === 'off')
      throw new AtomError('blocked', `${agent.name} never posts: you set it so.`);
    const { post, mark } = found;
    if (!(await postBySeq(deps.store, post))) throw noSuchPost(post);
    return {
      resource: { post, mark },
      facts: {},
      card: { kind: 'message', words: [mark], may: ['be read by you'], undo: 'stays in the feed' },
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
  ({ bus, clock }: ReactDeps): Writer =>
  async (grant, sql) => {
    const { request } = redeem(grant);
    const { post, mark } = resource.parse(request.resource);
    const reaction = { post, mark, who: request.principal.id, at: clock.now() };
    if ((await marksOf(sql, reaction)) >= MOST_MARKS)
      throw new AtomError(
        'blocked',
        `That is more than ${MOST_MARKS} signs to one post: answer it.`,
      );
    const changed = await addReaction(sql, reaction);
    return {
      value: { changed },
      tell: () => {
        if (changed) bus.tell('feed.reacted', { post, mark, who: reaction.who });
      },
    };
  };
