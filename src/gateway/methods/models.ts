import type { Atom } from '../../atom.ts';
import type { Methods } from '../kernel.ts';
import { proveReaders } from './prove-wider.ts';
import { stopTurnsOf } from './stop-turns.ts';

type Names = Extract<keyof Methods, `models.${string}`>;

/** What the owner's agents think with. */
export const modelMethods = (atom: Atom): Pick<Methods, Names> => ({
  'models.use': async ({ agent, model, fallbacks, code }, caller) => {
    await proveReaders(atom, { agent, model, fallbacks }, code);
    await atom.models.use({ agent, model, fallbacks });
    // What is shown to a turn, and so its label, goes by the model that it began with.
    await stopTurnsOf(atom, agent, caller);
    return {};
  },
  'models.agree': async ({ model, fallbacks, code }) => {
    await proveReaders(atom, { model, fallbacks }, code);
    return {};
  },
  'models.test': ({ model = atom.options.config.model }) => atom.models.test(model),
});
