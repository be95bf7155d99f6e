import { addPair, addSenders } from './people.ts';

/** The commands about who may speak to atom. */
export const people = [addPair, addSenders] as const;
