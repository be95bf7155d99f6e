import type { Atom } from '../../atom.ts';
import { deciderOf } from '../../domain/caller.ts';
import type { Methods } from '../kernel.ts';
import { prove } from './proof.ts';

/** The emergency stop and the pause. */
export const haltMethods = ({
  halt,
  running,
  resume,
  records: { factor },
}: Atom): Pick<Methods, 'panic' | 'pause' | 'resume'> => ({
  panic: async (_, caller) => {
    const stopped = running.keys();
    return { ...(await halt.panic(deciderOf(caller))), stopped };
  },
  pause: async (_, caller) => ({ halted: await halt.pause(deciderOf(caller)) }),
  resume: async ({ code, typed }, caller) => {
    // A panic wants the code anyway; from afar a pause does too.
    if (caller.surface !== 'terminal' && halt.current()?.kind === 'paused') {
      const act = { purpose: 'resume', words: 'Going on, from a device,' };
      await prove(factor, code, act);
    }
    return await resume(deciderOf(caller), { typed, ...(code === undefined ? {} : { code }) });
  },
});
