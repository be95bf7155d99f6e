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
  | ({ readonly kind: 'answer' } & TypedAnswer)
  /** A code of the second factor alone; it is for no card. */
  | { readonly kind: 'bare-code' };

/** Reads what must never queue behind a turn. */
export function controlIn(text: string): Control | undefined {
  const word = text.trim().toLowerCase();
  if (word === '/stop') return { kind: 'stop' };
  if (word === '/new') return { kind: 'new' };
  if (isBareProof(text)) return { kind: 'bare-code' };
  const answer = typedAnswer(text);
  return answer && { kind: 'answer', ...answer };
}

/** The event as it is put on record: a code of the second factor is used and never kept. */
export const asKept = (event: InboundEvent, control: Control): InboundEvent => ({
  ...event,
  text: control.kind === 'bare-code' ? HIDDEN_PROOF : withoutProof(event.text),
});
