import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import { visible } from '../base/visible.ts';
import type { Action } from '../domain/action.ts';
import type { Talk } from '../domain/session.ts';
import type { Store } from '../domain/store.ts';
import { talkLine } from '../domain/talk-words.ts';
import { redeem } from '../governance/grant.ts';
import { sessionByKey } from '../store/tables/sessions.ts';
import { removeTalks, talksOf } from '../store/tables/talks.ts';

const resourceShape = z.strictObject({
  /** The key of a session. */
  session: z.string().min(1),
  /** One of its conversations; all of them where it is left out. */
  number: z.number().int().min(1).optional(),
});
type Wish = z.output<typeof resourceShape>;

export interface ForgetDeps {
  readonly store: Store;
  readonly clock: Pick<Clock, 'now'>;
  /** True while a turn of a session runs, by its key. */
  readonly runs: (key: string) => boolean;
}

/**
 * The action `session.forget`: `{session, number?}` removes what was said in one conversation of a session, or
 * in all of them. Its result is `{removed}`, how many conversations. Only the owner may ask for it, and nothing
 * brings them back.
 */
export const createSessionForget = (deps: ForgetDeps): Action => ({
  name: 'session.forget',
  prepare: async (resource, agent) => {
    if (agent) throw new AtomError('blocked', 'Only the owner removes conversations.');
    const wish = parse(resource);
    const { talks } = await find(deps, wish);
    return {
      resource: { ...wish } as Json,
      facts: { talks: talks.map(({ number, entries }) => [number, entries]) },
      declared: { complexity: 4, why: 'removes what was said, which nothing brings back' },
      card: {
        kind: 'trust',
        words: [`remove ${talks.length} of the conversations of ${visible(wish.session)}`],
        may: ['remove what was said in them, and nothing of the record of what was done'],
        undo: 'cannot be undone',
        detail: talks.map(talkLine).join('\n'),
      },
    };
  },
  execute: async (grant) => {
    const wish = parse(redeem(grant).prepared.resource);
    const { id, talks } = await find(deps, wish);
    const { number } = wish;
    await deps.store.tx((sql) => removeTalks(sql, id, { number, now: deps.clock.now() }));
    return { removed: talks.length };
  },
});

function parse(resource: Json): Wish {
  const parsed = resourceShape.safeParse(resource);
  if (parsed.success) return parsed.data;
  throw new AtomError('usage', 'Conversations are removed with {session, number?}.');
}

async function find(
  { store, runs }: ForgetDeps,
  { session: key, number }: Wish,
): Promise<{ readonly id: string; readonly talks: readonly Talk[] }> {
  const session = await sessionByKey(store, key);
  const all = session ? await talksOf(store, session.id) : [];
  const talks = number === undefined ? all : all.filter((talk) => talk.number === number);
  if (!session || talks.length === 0)
    throw new AtomError('not-found', `There is no such conversation in ${visible(key)}.`, {
      next: ['See which there are:   atom sessions list'],
    });
  if (runs(key))
    throw new AtomError('blocked', `Something runs in ${visible(key)}, so nothing was removed.`, {
      next: ['Stop it first, with /stop in that chat.'],
    });
  return { id: session.id, talks };
}
