import { type Role, roles } from '../../domain/role.ts';
import type { Head } from '../card/armed.ts';
import { needsDigits } from '../card/person-keys.ts';
import type { LineMeaning } from './meaning.ts';

/** Who is to be let in, the role, and the digits: `p-k7p2mn member 123 456`. */
const YES = /^(?:ok )?(p-\w+)(?: ([a-z]+))?(?: (\d{3} ?\d{3}))?$/;

/**
 * What a line means while somebody waits to be let in; undefined for a message. As on every card of lines
 * `y` alone lets nobody in, since it could be pasted: the id does.
 */
export function personAnswer(head: Head, person: Role, word: string): LineMeaning | undefined {
  if (word === 'n' || word === 'no') return { is: 'answer', head, verdict: 'deny', stop: false };
  if (word === 'd' || word === 'details') return { is: 'details' };
  const nothing = { is: 'hint', text: `That lets nobody in. ${howToLetIn(head, person)}` } as const;
  const [, id, named, digits] = YES.exec(word) ?? [];
  if (id !== head.code) return NEARLY.includes(word) ? nothing : undefined;
  const role = roles.find((one) => one === (named ?? person));
  if (!role || (needsDigits(head, role) && digits === undefined)) return nothing;
  return {
    is: 'answer',
    head: { ...head, person: role },
    verdict: 'approve',
    stop: false,
    ...(needsDigits(head, role) && digits ? { code: digits.replace(' ', '') } : {}),
  };
}

/** Words that look like an answer and are none: they are no message either. */
const NEARLY: readonly string[] = ['y', 'yes', 'r', 'role', ...roles];

/** The last sentence on somebody who is to be let in. */
export function howToLetIn(head: Head, person: Role): string {
  const { code } = head;
  const digits = (role: Role): string => (needsDigits(head, role) ? ' 123456' : '');
  const others = roles.filter((role) => role !== person);
  return [
    `Type ${code}${digits(person)} to let them in as ${person}`,
    ...others.map((role) => `${code} ${role}${digits(role)} as ${role}`),
    `or n to refuse.${head.factor === 'totp' ? ' 123456 stands for six digits of your authenticator.' : ''}`,
  ].join(', ');
}
