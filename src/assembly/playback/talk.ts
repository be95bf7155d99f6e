import { AtomError } from '../../base/errors.ts';
import type { Session, Talk } from '../../domain/session.ts';
import type { Sql } from '../../domain/store.ts';
import { sessionByKey } from '../../store/tables/sessions.ts';
import { talksOf } from '../../store/tables/talks.ts';

export interface TalkWish {
  readonly session: string;
  /** One of its conversations; the present one where it is not said. */
  readonly number?: number | undefined;
}

/** The conversation that is meant, and all of its session. Throws AtomError `not-found`. */
export async function findTalk(
  sql: Sql,
  { session: key, number }: TalkWish,
): Promise<{ readonly session: Session; readonly talk: Talk; readonly talks: readonly Talk[] }> {
  const session = await sessionByKey(sql, key);
  const talks = session ? await talksOf(sql, session.id) : [];
  const talk = talks.find((one) => (number === undefined ? one.current : one.number === number));
  if (session && talk) return { session, talk, talks };
  throw new AtomError(
    'not-found',
    number === undefined ? `There is no session ${key}.` : `${key} has no conversation ${number}.`,
    { next: ['See which there are:   atom sessions list'] },
  );
}
