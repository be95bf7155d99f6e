import { addDevices } from './devices.ts';
import { addPair, addSenders } from './people.ts';

/** The commands about who may speak to atom, and from where. */
export const people = [addPair, addSenders, addDevices] as const;
