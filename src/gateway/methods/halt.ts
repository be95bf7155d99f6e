import type { Atom } from '../../atom.ts';
import type { Methods } from '../kernel.ts';

/** Whoever reaches this socket is the owner, at this terminal. */
const OWNER = { surface: 'terminal', id: 'owner' } as const;

/** The emergency stop and the pause. */
export const haltMethods = ({
  halt,
  running,
  resume,
}: Atom): Pick<Methods, 'panic' | 'pause' | 'resume'> => ({
  panic: async () => {
    const stopped = running.keys();
    return { ...(await halt.panic(OWNER)), stopped };
  },
  pause: async () => ({ halted: await halt.pause(OWNER) }),
  resume: ({ code, typed }) => resume(OWNER, { typed, ...(code === undefined ? {} : { code }) }),
});
