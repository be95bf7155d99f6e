import type { InboundEvent } from '../domain/event.ts';
import {
  HIDDEN_PROOF,
  isBareProof,
  type TypedAnswer,
  typedAnswer,
  withoutProof,
} from '../domain/typed-answer.ts';

/** What a message means outside any turn, or undefined where it is for the agent. */
export type Control =
  | { readonly kind: 'stop' }
  | { readonly kind: 'new' }
  /** `/agent writer`: who answers here from now on; without a name, who could. */
  | { readonly kind: 'agent'; readonly name?: string }
  | ({ readonly kind: 'answer' } & TypedAnswer)
  /** A code of the second factor alone; it is for no card. */
  | { readonly kind: 'bare-code' };

/** Reads what must never queue behind a turn. */
export function controlIn(text: string): Control | undefined {
  const [first = '', second = '', ...more] = text.trim().toLowerCase().split(/\s+/);
  if (second === '' && first === '/stop') return { kind: 'stop' };
  if (second === '' && first === '/new') return { kind: 'new' };
  if (second === '' && (first === '/agent' || first === '/agents')) return { kind: 'agent' };
  if (first === '/agent' && more.length === 0) return { kind: 'agent', name: second };
  if (isBareProof(text)) return { kind: 'bare-code' };
  const answer = typedAnswer(text);
  return answer && { kind: 'answer', ...answer };
}

/** The event as it is put on record: a code of the second factor is used and never kept. */
export const asKept = (event: InboundEvent, control: Control): InboundEvent => ({
  ...event,
  text: control.kind === 'bare-code' ? HIDDEN_PROOF : withoutProof(event.text),
});
