import { AtomError } from '../../base/errors.ts';
import type { Credentials } from '../../protocol/credentials.ts';

/** Nobody may connect, so no port is opened. */
export const nobody: Credentials = {
  needed: async () => false,
  onNeeded: () => () => undefined,
  open: async () => ({ kind: 'refused', message: 'nobody is known here' }),
  identity: async () => {
    throw new AtomError('failed', 'The gateway has no key of its own.');
  },
  onRevoked: () => () => undefined,
  seen: () => undefined,
};
