import { digestOf } from '../../base/digest.ts';
import { excerpt } from '../../base/excerpt.ts';
import { visible } from '../../base/visible.ts';
import { capabilityOf, wordsOfWish } from '../../domain/capability.ts';
import type { Conduct } from '../../domain/conduct.ts';
import { maturitySince } from '../../store/tables/conduct.ts';
import { insertStray, overrunsSince, type Stray, sameStrays } from '../../store/tables/strays.ts';
import { type ConductDeps, demoteByOne } from './maturity.ts';
import { keepForTraining } from './training.ts';

/** So many commands that the jail had to stop within a day are more than a slip. */
const MOST_OVERRUNS = 1;
const DAY_MS = 86_400_000;

/**
 * Told how agents behave: keeps what a student was refused, and takes an agent one step down for what
 * is more than a slip. The governor waits for it, so the next decision is made at the new maturity.
 */
export const createConduct =
  (deps: ConductDeps) =>
  async (conduct: Conduct): Promise<void> => {
    if (conduct.request.principal.kind !== 'agent') return;
    switch (conduct.kind) {
      case 'denied':
        // The question that was denied is on record, and so counts.
        return;
      case 'refused':
        return keepForTraining(deps, conduct);
      case 'repeated':
      case 'violated':
        return weigh(deps, conduct);
    }
  };

type Fault = Conduct & { readonly kind: 'repeated' | 'violated' };

async function weigh(deps: ConductDeps, fault: Fault): Promise<void> {
  const { request } = fault;
  const words = excerpt(visible(wordsOfWish(request).join(' ')), MOST_WORDS);
  const stray: Stray = {
    id: `${fault.kind}:${request.id}`,
    agent: request.principal.id,
    how: fault.kind === 'repeated' ? 'repeated' : fault.how,
    task: request.context.event ?? request.context.session ?? request.id,
    wish: digestOf({ action: request.action, resource: request.resource }),
    capability: capabilityOf(request),
    why:
      fault.kind === 'repeated'
        ? `It asked again for what you had denied: ${words}`
        : visible(fault.reason),
    at: deps.clock.now(),
  };
  if (!(await insertStray(deps.store, stray))) return;
  deps.log.warn(`${stray.agent}: ${stray.why}`, { how: stray.how });
  if (await isMoreThanASlip(deps, stray))
    await demoteByOne(deps, stray.agent, { why: sentence(stray, words), by: 'atom' });
}

const MOST_WORDS = 200;

/** Each wish costs one step at most in one task: whoever asks ten times has misunderstood once. */
async function isMoreThanASlip({ store, clock }: ConductDeps, stray: Stray): Promise<boolean> {
  switch (stray.how) {
    case 'repeated':
    case 'wrote':
      return (await sameStrays(store, stray)) === 0;
    case 'looked':
      return (await sameStrays(store, stray)) === 1;
    case 'overran': {
      // What it was taken down for before counts no more.
      const since = Math.max(clock.now() - DAY_MS, await maturitySince(store, stray.agent));
      return (await overrunsSince(store, stray.agent, since)) > MOST_OVERRUNS;
    }
  }
}

function sentence({ how, why }: Stray, words: string): string {
  switch (how) {
    case 'repeated':
      return `${why}.`;
    case 'wrote':
      return `It tried to change what it may not: ${why}`;
    case 'looked':
      return `It asked again for what it may not look at: ${why}`;
    case 'overran':
      return `Twice within a day ${why}, the last time: ${words}.`;
  }
}
