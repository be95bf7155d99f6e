import { shortCode } from '../../base/ids.ts';
import { capabilityOf, wordsOfWish } from '../../domain/capability.ts';
import type { Conduct } from '../../domain/conduct.ts';
import type { TrainingItem } from '../../domain/training.ts';
import { agentById } from '../../store/tables/agents.ts';
import { dropOldest, insertTraining, isWaiting } from '../../store/tables/training.ts';
import type { ConductDeps } from './maturity.ts';

const ID_LENGTH = 5;
/** What waits of one student; beyond it the oldest is dropped. */
const MOST_WAITING = 200;

/** Keeps what a student was refused, each wish once, so that its owner can run it. */
export async function keepForTraining(
  { store, audit, clock, log }: ConductDeps,
  { request, reason }: Conduct & { readonly kind: 'refused' },
): Promise<void> {
  const { action, resource, context, labels, principal } = request;
  const agent = await agentById(store, principal.id);
  if (agent?.maturity !== 'student') return;
  const wish: Omit<TrainingItem, 'id'> = {
    agent: agent.id,
    action,
    resource,
    labels,
    why: reason,
    capability: capabilityOf(request),
    words: wordsOfWish(request),
    ...(context.session === undefined ? {} : { session: context.session }),
    ...(context.event === undefined ? {} : { event: context.event }),
    at: clock.now(),
    state: 'waiting',
  };
  const id = await store.tx(async (sql) => {
    if (await isWaiting(sql, wish)) return undefined;
    let fresh = shortCode(ID_LENGTH);
    while (!(await insertTraining(sql, { ...wish, id: fresh }))) fresh = shortCode(ID_LENGTH);
    await dropOldest(sql, agent.id, { most: MOST_WAITING, at: clock.now() });
    await audit(sql, 'training.kept', { id: fresh, agent: agent.id, action });
    return fresh;
  });
  if (id !== undefined) log.info(`kept for training: ${id} ${action}`, { agent: agent.id });
}
