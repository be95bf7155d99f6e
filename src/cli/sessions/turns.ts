import { requireSeen } from '../../assembly/sight.ts';
import { systemClock } from '../../base/clock.ts';
import { accountOf } from '../../config/account.ts';
import type { Played } from '../../domain/playback.ts';
import { viewerOf } from '../../domain/visibility.ts';
import type { Cli } from '../cli.ts';
import { ask } from '../runs/place.ts';
import { openSecrets } from '../secrets/open.ts';
import { settingsUsers } from '../users/known.ts';

export interface ReplayWish {
  readonly session: string;
  readonly number?: number;
  /** Whose it is, where it is a user's. */
  readonly user?: string;
}

/** A conversation turn by turn, each read only when it is wanted; it has one at least. */
export type Turns = AsyncGenerator<Played, void, undefined>;

/** Reads them from the gateway or, where none runs, from the record itself. Throws AtomError `not-found`. */
export async function withTurns<T>(
  cli: Cli,
  wish: ReplayWish & { readonly redacted: boolean },
  work: (turns: Turns) => Promise<T>,
): Promise<T> {
  return ask(
    cli,
    (gateway) => work(turnsOf(wish, (one) => gateway.request('sessions.replay', one))),
    async (place) => {
      const { createPlayback } = await import('../../assembly/playback/playback.ts');
      const deps = {
        secrets: openSecrets(cli),
        clock: systemClock,
        account: accountOf(cli.env),
        paths: cli.paths,
      };
      const sight = { users: await settingsUsers(cli, place.sql), sql: place.sql };
      await requireSeen(sight, viewerOf({}, wish.user), wish.session);
      return work(turnsOf(wish, createPlayback(deps, place)));
    },
  );
}

type Wish = ReplayWish & { readonly redacted: boolean; readonly after: number };

async function* turnsOf(wish: Omit<Wish, 'after'>, read: (wish: Wish) => Promise<Played>): Turns {
  let number = wish.number;
  for (let after = 0; ; ) {
    const played = await read({ ...wish, ...(number === undefined ? {} : { number }), after });
    // Somebody may begin another conversation meanwhile.
    number ??= played.talk?.number;
    if (played.turn || after === 0) yield played;
    if (played.next === undefined) return;
    after = played.next;
  }
}
