import { AtomError } from '../base/errors.ts';
import type { Outcome } from '../domain/action.ts';

type Refused = Extract<Outcome, { readonly ok: false }>;

/**
 * What an act of the owner's is to whoever asked for it, where it was not done: they asked themselves, so only
 * a code that is missing or wrong makes it a no.
 */
export const wordForNo = ({ reason }: Pick<Refused, 'reason'>): 'credentials' | 'blocked' =>
  reason === 'denied' ? 'credentials' : 'blocked';

/** The same as an error; what follows the first line of its words is what to do next. */
export function notDone(outcome: Pick<Refused, 'reason' | 'message'>): AtomError {
  const [first = '', ...next] = outcome.message.split('\n');
  return new AtomError(wordForNo(outcome), first, { next });
}
