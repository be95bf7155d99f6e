import type { Atom } from '../../atom.ts';
import { digestOf } from '../../base/digest.ts';
import type { Methods } from '../kernel.ts';
import { proveWider } from './proof.ts';
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

/** Whoever reads what agents are told may keep it: one more needs the owner's code. */
async function proveReaders(
  { models, records }: Pick<Atom, 'models' | 'records'>,
  wish: Parameters<Atom['models']['newReaders']>[0],
  code: string | undefined,
): Promise<void> {
  const readers = await models.newReaders(wish);
  if (readers.length === 0) return;
  const { agent, fallbacks } = wish;
  const purpose = `model ${digestOf({ agent: agent ?? null, model: wish.model ?? null, fallbacks: [...fallbacks] })}`;
  const words = `Letting ${readers.join(', ')} read what ${agent ?? 'the agents of the profile'} is told`;
  await proveWider(records.factor, code, { purpose, words });
}
