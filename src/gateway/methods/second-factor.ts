import { hostname } from 'node:os';
import type { Atom } from '../../atom.ts';
import type { Methods } from '../kernel.ts';
import { prove } from './proof.ts';

type FactorMethods = Pick<
  Methods,
  | 'factor.status'
  | 'factor.begin'
  | 'factor.confirm'
  | 'factor.check'
  | 'factor.renew'
  | 'factor.disable'
>;

/** The owner's second factor. What weakens it needs a code of it. */
export const factorMethods = ({ records: { factor }, options }: Atom): FactorMethods => ({
  'factor.status': () => factor.status(),
  'factor.begin': () => factor.begin(`${options.paths.profile}@${machine()}`),
  'factor.confirm': ({ codes }) => factor.confirm(codes),
  'factor.check': ({ code }) => factor.check(code, 'try it out'),
  'factor.renew': async ({ code }) => {
    await prove(factor, code, { purpose: 'renew recovery codes', words: 'Renewing them' });
    return { recoveryCodes: await factor.renewCodes() };
  },
  'factor.disable': async ({ code }) => {
    await prove(factor, code, { purpose: 'disable', words: 'Taking it away' });
    await factor.disable();
    return {};
  },
});

/** Tells two machines apart in an app, and is short, so that the QR code stays small. */
const machine = (): string => hostname().split('.', 1)[0]?.slice(0, 20) || 'here';
