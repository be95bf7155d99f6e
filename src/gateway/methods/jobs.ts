import type { Atom } from '../../atom.ts';
import type { Methods } from '../kernel.ts';

/** What is done at a time. Whoever reaches this socket is the owner, and only the owner makes jobs. */
export const jobMethods = ({
  jobs,
}: Atom): Pick<Methods, Extract<keyof Methods, `jobs.${string}`>> => ({
  'jobs.list': async () => ({ jobs: await jobs.list() }),
  'jobs.add': async (wish) => ({ job: await jobs.add(wish) }),
  'jobs.remove': async ({ id }) => ({ job: await jobs.remove(id) }),
  'jobs.pause': async ({ id, paused }) => ({ changed: await jobs.pause(id, paused) }),
  'jobs.run': async ({ id }) => {
    await jobs.run(id);
    return {};
  },
});
