import { addDevices } from './devices.ts';

/** The commands about who may talk to atom, and from where. */
export const people = [addDevices] as const;
