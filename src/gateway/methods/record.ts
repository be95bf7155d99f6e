import type { Atom } from '../../atom.ts';
import type { Methods } from '../kernel.ts';
import { prove } from './proof.ts';

/** The signed record. Another key needs a code of the second factor, where one is enrolled. */
export const recordMethods = ({
  witness,
  records: { factor },
}: Atom): Pick<Methods, 'record.checkpoint' | 'record.rotate'> => ({
  'record.checkpoint': async () => {
    const { size, note } = await witness.checkpoint();
    return { size, note };
  },
  'record.rotate': async ({ code }) => {
    if (await factor.enrolled())
      await prove(factor, code, { purpose: 'rotate the key', words: 'Signing with another key' });
    return { key: await witness.rotate() };
  },
});
