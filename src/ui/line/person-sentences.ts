import { duration } from '../../base/clock.ts';
import { visible } from '../../base/visible.ts';
import { FIRST_OWNER, KIND_WORDS, personWords, ROLE_WORDS } from '../../domain/person-words.ts';
import type { Newcomer } from '../card/newcomer.ts';
import { headFor } from '../desk/state.ts';
import { howToLetIn } from './person-answers.ts';

/** Somebody who is to be let in, in sentences. */
export function personSentences(newcomer: Newcomer, now: number): readonly string[] {
  const { pairing, isFirst, expiresAt } = newcomer;
  const { channel, kind, who, name, role } = pairing;
  const left = duration(expiresAt - now);
  const first = role === 'owner' && isFirst ? ` (${FIRST_OWNER})` : '';
  return [
    `Pairing ${pairing.id} on ${visible(channel)}: ${KIND_WORDS[kind]}, expires in ${left}.`,
    `Account: ${personWords({ id: who?.id ?? '?', ...(name === undefined ? {} : { name }) })}`,
    `Will be: ${role}${first}, who ${ROLE_WORDS[role]}`,
    howToLetIn(headFor(newcomer), role),
  ];
}
