import type { Atom } from '../../atom.ts';
import { AtomError } from '../../base/errors.ts';
import type { Methods } from '../kernel.ts';

/** What runs changed, and the way back. Whoever reaches this socket is the owner. */
export const undoMethods = ({
  undo,
  ownerAct,
}: Atom): Pick<Methods, 'undo.list' | 'undo.show' | 'undo.restore' | 'undo.forget'> => ({
  'undo.list': async ({ limit }) => ({ runs: await undo.list({ limit }) }),
  'undo.show': async ({ ref, force }) => ({ plan: await undo.plan({ ref, force }) }),
  'undo.restore': async (wish) => ({ restored: await undo.take(wish) }),
  'undo.forget': async ({ ref: run, code }) => {
    const proof = {
      by: { surface: 'terminal', id: 'owner' },
      ...(code === undefined ? {} : { code }),
    };
    const resource = run === undefined ? {} : { run };
    const outcome = await ownerAct({ action: 'undo.forget', resource }, proof);
    if (outcome.ok) return outcome.value as { readonly forgotten: number };
    // What the owner gave to prove it was not taken.
    throw new AtomError(outcome.reason === 'denied' ? 'credentials' : 'failed', outcome.message);
  },
});
