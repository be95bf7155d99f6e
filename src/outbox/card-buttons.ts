import type { Card } from '../domain/card.ts';
import type { Button } from '../domain/message.ts';
import type { Callbacks } from '../governance/approvals/callback.ts';

/**
 * The buttons of a card, signed for one approver. There is none for yes where the card does not fit
 * whole, or where the card's code has to be typed.
 */
export function buttonsFor(
  callbacks: Callbacks,
  card: Card,
  { approver, mayApprove }: { readonly approver: string; readonly mayApprove: boolean },
): readonly (readonly Button[])[] {
  const no = { label: 'Deny', data: callbacks.sign(card, 'no', approver) };
  const stop = { label: 'Deny & stop', data: callbacks.sign(card, 'stop', approver) };
  if (!mayApprove || card.factor !== 'tap') return [[no, stop]];
  return [[{ label: 'Once', data: callbacks.sign(card, 'yes', approver) }, no, stop]];
}
