import type { Atom } from '../../atom.ts';
import type { Methods } from '../kernel.ts';

/** What is told to chats of the owner's. */
export const notifyMethods = ({ notices }: Atom): Pick<Methods, 'notify.test'> => ({
  'notify.test': async ({ name }) => ({ to: await notices.test(name) }),
});
