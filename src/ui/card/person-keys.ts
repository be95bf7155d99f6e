import { type Role, roles } from '../../domain/role.ts';
import { type Arming, approve, type Head, type PressEvent, type Step } from './armed.ts';
import { digitsKey } from './digits.ts';

/** Who is to be let in, and as what. */
type PersonHead = Head & { readonly person: Role };

export const isPerson = (head: Head): head is PersonHead => head.person !== undefined;

/**
 * The keys on somebody who is to be let in: `y` and, where it takes them, digits; `r` changes the role,
 * `n` and Esc refuse. Any other key starts the wait again.
 */
export function personKey(state: Arming, head: PersonHead, event: PressEvent): Step {
  const { press, readable, at } = event;
  const key = press.name === 'text' ? press.text : press.name;
  const quiet = { ...state, quietSince: at };
  if (key === 'n' || key === 'escape')
    return {
      state: { ...quiet, answering: true, typed: '' },
      effect: { do: 'deny', head, stop: false },
    };
  if (key === 'r') return { state: { ...quiet, head: nextRole(head), typed: '', named: false } };
  if (key === '?') return { state, effect: { do: 'help' } };
  if (!readable) return { state: quiet };
  if (state.named) return digitsKey(state, event, (code) => approve(state, { head, at, code }));
  if (key !== 'y') return { state: quiet };
  return needsDigits(head, head.person)
    ? { state: { ...quiet, typed: '', named: true } }
    : approve(state, { head, at });
}

/** A guest may chat only: that takes no second factor. */
export const needsDigits = ({ factor }: Pick<Head, 'factor'>, role: Role): boolean =>
  factor === 'totp' && role !== 'guest';

const nextRole = (head: PersonHead): Head => ({
  ...head,
  person: roles[(roles.indexOf(head.person) + 1) % roles.length] ?? 'guest',
});
