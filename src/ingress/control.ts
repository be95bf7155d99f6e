import type { InboundEvent } from '../domain/event.ts';

/** What a message means outside any turn, or undefined where it is for the agent. */
export type Control =
  | { readonly kind: 'stop' }
  | { readonly kind: 'new' }
  /** Kill everything and refuse everything, until `/resume`. */
  | { readonly kind: 'panic' }
  /** `/resume`, `/resume 123456`: `proof` is a code of the second factor. */
  | { readonly kind: 'resume'; readonly proof?: string }
  | { readonly kind: 'status' }
  /** A typed answer to a card: `ok k7p2`, `no k7p2`. */
  | { readonly kind: 'answer'; readonly verdict: 'approve' | 'deny'; readonly code: string };

export type HaltControl = Extract<Control, { readonly kind: 'panic' | 'resume' | 'status' }>;

/** True for what is about everything, and not about one chat or one card. */
export const isHaltControl = (control: Control): control is HaltControl =>
  control.kind === 'panic' || control.kind === 'resume' || control.kind === 'status';

const CODE_LENGTH = 4;
const VERDICTS: ReadonlyMap<string, 'approve' | 'deny'> = new Map([
  ['ok', 'approve'],
  ['no', 'deny'],
]);

/** Whatever stands behind it: in an emergency nobody minds their words, and it only tightens. */
const PANIC = /^\/panic(?![a-z0-9_])/;

/** True for what is heard in a group even where nobody is spoken to; another bot's name is another's. */
export const isPanic = (text: string): boolean => /^\s*\/panic(?![a-z0-9_@])/i.test(text);

/** Reads commands that must never queue behind a turn, word by word. */
export function controlIn(text: string): Control | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [first = '', second = ''] = words;
  if (words.length === 1 && first === '/stop') return { kind: 'stop' };
  if (words.length === 1 && first === '/new') return { kind: 'new' };
  if (words.length === 1 && first === '/status') return { kind: 'status' };
  // In groups a command carries the name of the bot that it is for.
  const command = first.split('@', 1)[0];
  if (PANIC.test(first)) return { kind: 'panic' };
  if (command === '/resume') return resume(words.slice(1));
  const verdict = VERDICTS.get(first);
  if (words.length === 2 && verdict && second.length === CODE_LENGTH)
    return { kind: 'answer', verdict, code: second };
  return undefined;
}

/** Whatever stands behind it was meant for a code, and is treated as one. */
const resume = (rest: readonly string[]): Control =>
  rest.length === 0 ? { kind: 'resume' } : { kind: 'resume', proof: rest.join('') };

/** The event as it is put on record: a code of the second factor is used and never kept. */
export const withoutCode = (event: InboundEvent, control: Control): InboundEvent =>
  control.kind === 'resume' && control.proof !== undefined
    ? { ...event, text: '/resume ••••••' }
    : event;
