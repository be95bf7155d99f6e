import { runCode } from '../../domain/run.ts';
import type { DoubtDoor } from '../../ingress/doubt-door.ts';
import { uncertainRuns } from '../../store/tables/runs.ts';
import type { DoubtOptions, DoubtParts, Settled, Settling } from './parts.ts';

/** Runs that may have happened, and the owner’s word on them. */
export interface Doubts {
  /** What they are called. */
  codes(): Promise<readonly string[]>;
  /**
   * Settles one, by its code or id, once. `again` asks for the same once more, as whoever asked first, and
   * everything is decided anew. Throws AtomError `not-found`.
   */
  settle(settling: Settling & { readonly ref: string }): Promise<Settled>;
  /** The same from a chat, in words. */
  readonly door: DoubtDoor;
}

/** What is done about a run in doubt is loaded once there is one: most gateways end as they should. */
export function createDoubts(options: DoubtOptions, parts: DoubtParts): Doubts {
  const { store } = parts.records;
  const door = () => import('./door.ts');
  return {
    codes: async () => (await uncertainRuns(store)).map(({ id }) => runCode(id)),
    settle: async (settling) => (await import('./settle.ts')).settleDoubt(options, parts, settling),
    door: {
      isNamed: async (code) => (await import('./named.ts')).isDoubtCode(store, code),
      list: async (event) => (await door()).listDoubts(store, event),
      settle: async (event, answer) =>
        (await door()).settleFrom(options, parts, { event, ...answer }),
      press: async (event) => (await door()).pressDoubt(options, parts, event),
    },
  };
}
