import type { Atom } from '../../atom.ts';
import { channelMethods } from './channels.ts';
import { queueMethods } from './queues.ts';

/** How messages come and go: the chats that are connected, and what waits. */
export const postMethods = (atom: Atom) => ({ ...channelMethods(atom), ...queueMethods(atom) });
