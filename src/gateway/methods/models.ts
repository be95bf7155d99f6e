import type { Atom } from '../../atom.ts';
import type { Methods } from '../kernel.ts';

/** What the owner's agents think with. */
export const modelMethods = ({
  models,
  options,
}: Atom): Pick<Methods, 'models.use' | 'models.test'> => ({
  'models.use': async ({ agent, model, fallbacks }) => {
    await models.use({ agent, model, fallbacks });
    return {};
  },
  'models.test': ({ model = options.config.model }) => models.test(model),
});
