import { AtomError } from '../base/errors.ts';
import type { Outcome, Perform } from '../domain/action.ts';
import type { TrainingItem } from '../domain/training.ts';
import { findRun } from '../store/tables/runs.ts';
import { endTraining, trainingById, waitingTraining } from '../store/tables/training.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/** What students were refused, and what the owner makes of it. */
export interface Training {
  /** What waits, of one agent or of all; the newest first. */
  waiting(agent?: string): Promise<readonly TrainingItem[]>;
  /**
   * Runs one as the owner's own, under the eyes of the owner: what may not be taken back is asked about.
   * It runs at most once; one that was refused waits on. These throw AtomError `not-found`.
   */
  replay(id: string): Promise<Outcome>;
  drop(id: string): Promise<void>;
}

export interface TrainingParts {
  readonly records: Pick<Records, 'store' | 'audit'>;
  /** Why nothing may be done now; undefined while all is well. */
  readonly halted: () => string | undefined;
  readonly performAsOwner: Perform;
}

export function createTraining(
  { clock }: Pick<AtomOptions, 'clock'>,
  { records: { store, audit }, halted, performAsOwner }: TrainingParts,
): Training {
  const find = async (id: string): Promise<TrainingItem> => {
    const item = await trainingById(store, id);
    if (item?.state === 'waiting') return item;
    const why = item ? `${id} was ${item.state} already.` : `Nothing called ${id} waits.`;
    throw new AtomError('not-found', why, { next: ['See what waits:   atom agents training'] });
  };
  const end = (
    { id, agent }: TrainingItem,
    how: { readonly state: 'replayed' | 'dropped'; readonly outcome?: 'done' | 'failed' },
  ): Promise<void> =>
    store.tx(async (sql) => {
      if (!(await endTraining(sql, id, { ...how, at: clock.now() }))) return;
      await audit(sql, `training.${how.state}`, { id, agent, outcome: how.outcome ?? null });
    });
  return {
    waiting: (agent) => waitingTraining(store, agent),
    replay: async (id) => {
      // The owner may do much while everything is halted; what an agent wanted is none of it.
      const halt = halted();
      if (halt !== undefined) throw new AtomError('blocked', halt);
      const item = await find(id);
      const { action, resource, agent, session } = item;
      // Whoever is asked would do it as if the owner asked, and not with the little that the student may.
      if (action === 'agent.ask')
        throw new AtomError('blocked', 'What an agent wanted to ask of another is not replayed.', {
          next: [`Ask it yourself, or drop this:   atom agents replay ${id} --drop`],
        });
      // One id for every try: whatever is asked twice runs once.
      const intent = { id: `training:${id}`, action, resource };
      // In its session, so that words of strangers which it had read there count here as well.
      const where = session === undefined ? {} : { session };
      const context = { because: `training replay of ${agent}`, ...where };
      const outcome = await performAsOwner({ ...intent, context });
      // What never began waits on: it can be tried again once what stood in its way is gone.
      if (await findRun(store, intent.id))
        await end(item, { state: 'replayed', outcome: outcome.ok ? 'done' : 'failed' });
      return outcome;
    },
    drop: async (id) => end(await find(id), { state: 'dropped' }),
  };
}
