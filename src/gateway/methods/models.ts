import type { Atom } from '../../atom.ts';
import type { Methods } from '../kernel.ts';
import { stopTurnsOf } from './stop-turns.ts';

/** What the owner's agents think with. */
export const modelMethods = (atom: Atom): Pick<Methods, 'models.use' | 'models.test'> => ({
  'models.use': async ({ agent, model, fallbacks }, caller) => {
    await atom.models.use({ agent, model, fallbacks });
    // What is shown to a turn, and so its label, goes by the model that it began with.
    await stopTurnsOf(atom, agent, caller);
    return {};
  },
  'models.test': ({ model = atom.options.config.model }) => atom.models.test(model),
});
