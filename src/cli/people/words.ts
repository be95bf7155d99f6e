import { duration } from '../../base/clock.ts';
import { KIND_WORDS, personWords, ROLE_WORDS } from '../../domain/person-words.ts';
import type { Role } from '../../domain/role.ts';
import type { PairingView } from '../../protocol/people-methods.ts';

/** The card of somebody who is to be let in, line by line. */
export const pairLines = (
  { channel, kind, who, name, leftMs }: PairingView,
  role: Role,
): readonly string[] => [
  `PAIR · ${channel} · ${KIND_WORDS[kind]} · expires in ${duration(leftMs)}`,
  `account   ${personWords({ id: who?.id ?? '?', ...(name === undefined ? {} : { name }) })}`,
  `will be   ${role} — ${ROLE_WORDS[role]}`,
];
