import type { Card } from '../domain/card.ts';
import type { Button } from '../domain/message.ts';
import type { Callbacks, Verb } from '../governance/approvals/callback.ts';

/**
 * The buttons of a card, signed for one approver. There is none for yes where the card does not fit
 * whole, or where the card's code has to be typed.
 */
export function buttonsFor(
  callbacks: Callbacks,
  card: Card,
  { approver, mayApprove }: { readonly approver: string; readonly mayApprove: boolean },
): readonly (readonly Button[])[] {
  const button = (verb: Verb, label: string): Button => ({
    label,
    data: callbacks.sign(card, verb, approver),
  });
  const noes = [button('no', 'Deny'), button('stop', 'Deny & stop')];
  if (!mayApprove || card.factor !== 'tap') return [noes];
  const { others = [], offers = [] } = card;
  if (others.length > 0)
    return [[button('yes', `All ${others.length + 1}`), button('first', 'One by one')], noes];
  if (offers.length === 0) return [[button('yes', 'Once'), ...noes]];
  return [[button('yes', 'Once'), button('hour', 'For 1 hour'), button('always', 'Always…')], noes];
}
