import { addDevices } from './devices.ts';
import { addPair, addSenders } from './people.ts';
import { addUsers } from './users.ts';

/** The commands about who may speak to atom, and from where. */
export const people = [addPair, addSenders, addUsers, addDevices] as const;
