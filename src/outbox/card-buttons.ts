import { formData } from '../domain/approval-form.ts';
import type { Card } from '../domain/card.ts';
import type { Button } from '../domain/message.ts';
import type { Person } from '../domain/sender.ts';
import type { Callbacks, Verb } from '../governance/approvals/callback.ts';

export interface ButtonWish {
  /** Whoever may press. */
  readonly approver: Person;
  readonly mayApprove: boolean;
  /** Whether a yes may stand that is given there. */
  readonly mayStand: boolean;
  readonly forms: boolean;
}

/**
 * The buttons of a card, signed for one approver. There is none for yes where the card may not be approved
 * there. Where its code has to be typed, there is one that opens a form for it, in a channel that has `forms`.
 */
export function buttonsFor(
  callbacks: Callbacks,
  card: Card,
  { approver, mayApprove, mayStand, forms }: ButtonWish,
): readonly (readonly Button[])[] {
  const button = (verb: Verb, label: string): Button => ({
    label,
    data: callbacks.sign(card, verb, approver),
  });
  const noes = [button('no', 'Deny'), button('stop', 'Deny & stop')];
  if (!mayApprove) return [noes];
  if (card.factor !== 'tap')
    return [forms ? [{ label: 'Approve…', data: formData(card) }, ...noes] : noes];
  const { others = [], offers = [] } = card;
  if (others.length > 0)
    return [[button('yes', `All ${others.length + 1}`), button('first', 'One by one')], noes];
  if (offers.length === 0 || !mayStand) return [[button('yes', 'Once'), ...noes]];
  return [[button('yes', 'Once'), button('hour', 'For 1 hour'), button('always', 'Always…')], noes];
}
