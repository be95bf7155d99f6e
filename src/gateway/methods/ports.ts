import type { Atom } from '../../atom.ts';
import type { Ports } from '../doors.ts';
import { deviceMethods } from './devices.ts';
import { reopenMethods } from './reopen.ts';

/** What is asked of atom and can open or close a port of the gateway. */
export const portMethods = (atom: Atom, { network, webhooks }: Ports) => ({
  ...deviceMethods(atom, network),
  ...reopenMethods(atom, webhooks),
});
