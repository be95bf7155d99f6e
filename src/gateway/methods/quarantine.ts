import { notDone } from '../../assembly/not-done.ts';
import type { Atom } from '../../atom.ts';
import type { Methods } from '../kernel.ts';
import { proofOf } from './rules.ts';

/** What was moved out of a jail, put back: an act of trust. Whoever reaches this socket is the owner. */
export const quarantineMethods = ({ ownerAct }: Atom): Pick<Methods, 'quarantine.restore'> => ({
  'quarantine.restore': async ({ id, to, code }) => {
    const resource = { id, ...(to === undefined ? {} : { to }) };
    const outcome = await ownerAct({ action: 'quarantine.restore', resource }, proofOf(code));
    if (outcome.ok) return outcome.value as { readonly restored: readonly string[] };
    throw notDone(outcome);
  },
});
