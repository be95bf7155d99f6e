import { digestOf } from '../base/digest.ts';
import type { Intent, Outcome } from '../domain/action.ts';
import type { Principal } from '../domain/agent.ts';
import { refused } from './request.ts';

/** What is being decided or done at this moment, so that one id is never under way twice. */
export interface UnderWay {
  /**
   * What came of `start`, or of the same intent that somebody started before and that is not over; where
   * that one was stopped, it is started anew: whoever stopped it did not mean this one. Another intent
   * under the same id is refused.
   */
  join(principal: Principal, intent: Intent, start: () => Promise<Outcome>): Promise<Outcome>;
}

export function createUnderWay(): UnderWay {
  const all = new Map<string, { readonly asked: string; readonly outcome: Promise<Outcome> }>();
  return {
    join: async (principal, intent, start) => {
      const { id, action, resource } = intent;
      const asked = digestOf({ action, resource, principal: { ...principal } });
      for (let same = all.get(id); same !== undefined; same = all.get(id)) {
        if (same.asked !== asked)
          return refused('blocked', `Something else is under way as ${id}.`);
        const came = await same.outcome;
        if (came.ok || came.reason !== 'stopped') return came;
      }
      const outcome = start();
      all.set(id, { asked, outcome });
      try {
        return await outcome;
      } finally {
        all.delete(id);
      }
    },
  };
}
