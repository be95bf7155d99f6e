import type { Atom } from '../../atom.ts';
import type { Methods } from '../kernel.ts';

/** What runs changed, and the way back. Whoever reaches this socket is the owner. */
export const undoMethods = ({
  undo,
}: Atom): Pick<Methods, 'undo.list' | 'undo.show' | 'undo.restore'> => ({
  'undo.list': async ({ limit }) => ({ runs: await undo.list({ limit }) }),
  'undo.show': async ({ ref, force }) => ({ plan: await undo.plan({ ref, force }) }),
  'undo.restore': async (wish) => ({ restored: await undo.take(wish) }),
});
