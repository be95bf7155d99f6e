import type { Clock } from '../../base/clock.ts';
import { shortCode } from '../../base/ids.ts';
import type { Offer, StandingApproval } from '../../domain/standing-approval.ts';
import type { Store } from '../../domain/store.ts';
import {
  deleteExpiredStanding,
  deleteStanding,
  insertStanding,
  standingAt,
  useStanding,
} from '../../store/tables/standing.ts';
import type { Audit } from '../audit/append.ts';
import type { GovernorDeps } from '../governor-deps.ts';
import { covers } from './covers.ts';
import { digestOfGiven } from './on-record.ts';
import { wishOf } from './wish.ts';

export interface StandingDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly audit: Audit;
}

/** The yeses that stand. */
export interface Standing extends Readonly<GovernorDeps['standing']> {
  /** Keeps one from now on. Only the action `standing.give` calls this: the governor let it pass. */
  give(
    offer: Offer,
    given: { readonly lifetimeMs: number; readonly by: string },
  ): Promise<StandingApproval>;
  /** Takes one back; resolves to what it was, or undefined where there is none of that id. */
  revoke(id: string): Promise<StandingApproval | undefined>;
  list(): Promise<readonly StandingApproval[]>;
}

const ID_LENGTH = 6;

export function createStanding({ store, clock, audit }: StandingDeps): Standing {
  return {
    covering: async (found) => {
      const wish = wishOf(found);
      const all = wish && (await standingAt(store, clock.now(), wish));
      return all?.find((one) => covers(one, found));
    },
    use: (sql, id) => useStanding(sql, id, clock.now()),
    give: (offer, { lifetimeMs, by }) =>
      store.tx(async (sql) => {
        const now = clock.now();
        await deleteExpiredStanding(sql, now);
        const id = `s-${shortCode(ID_LENGTH)}`;
        const given = { ...offer, id, by, createdAt: now, expiresAt: now + lifetimeMs, uses: 0 };
        await insertStanding(sql, given);
        await audit(sql, 'standing.given', {
          ...bodyOf(given),
          digest: digestOfGiven(bodyOf(given)),
        });
        return given;
      }),
    revoke: (id) =>
      store.tx(async (sql) => {
        const gone = await deleteStanding(sql, id);
        if (gone) await audit(sql, 'standing.revoked', bodyOf(gone));
        return gone;
      }),
    list: () => standingAt(store, clock.now()),
  };
}

const bodyOf = (one: StandingApproval) => ({ ...one, words: [...one.words] });
