import { duration } from '../../base/clock.ts';
import { quotable, visible } from '../../base/visible.ts';
import type { Role } from '../../domain/role.ts';
import type { Person } from '../../domain/sender.ts';
import type { PairingView } from '../../protocol/people-methods.ts';

/** What each role means, after its name. */
export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  owner: 'may approve commands, and everything else that you may',
  member: 'may ask the agent to work; you are asked before it is done',
  guest: 'may chat, and nothing else',
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

/** The card of somebody who is to be let in, line by line. */
export const pairLines = (
  { channel, kind, who, name, leftMs }: PairingView,
  role: Role,
): readonly string[] => [
  `PAIR · ${channel} · ${kind === 'link' ? 'code matched' : 'they wrote first'} · expires in ${duration(leftMs)}`,
  `account   ${personWords({ id: who?.id ?? '?', ...(name === undefined ? {} : { name }) })}`,
  `will be   ${role} — ${ROLE_WORDS[role]}`,
];
