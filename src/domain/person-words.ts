import { quotable, visible } from '../base/visible.ts';
import type { PairingKind } from './pairing.ts';
import type { Role } from './role.ts';
import type { Person } from './sender.ts';

/** What each role means, after its name. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  owner: 'may approve commands, and everything else that you may',
  member: 'may ask the agent to work; you are asked before it is done',
  guest: 'may chat, and nothing else',
};

/** How somebody came to wait for the owner. */
export const KIND_WORDS: Readonly<Record<PairingKind, string>> = {
  link: 'code matched',
  code: 'they wrote first',
};

/** `id 5012233 (fixed)   name “Dana K.” (can be changed by them)` */
export const personWords = ({
  id,
  name,
}: Pick<Person, 'id'> & { readonly name?: string }): string =>
  [
    `id ${visible(id)} (fixed)`,
    ...(name === undefined ? [] : [`name “${quotable(name)}” (can be changed by them)`]),
  ].join('   ');

/** Where somebody is made an owner who is the first. */
export const FIRST_OWNER = 'first owner besides this terminal';
