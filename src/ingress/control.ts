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
  /** `/undo` takes the last change of this chat back, `/undo list` tells what could be. */
  | { readonly kind: 'undo'; readonly list: boolean }
  /** Kill everything and refuse everything, until `/resume`. */
  | { readonly kind: 'panic' }
  /** `/resume`, `/resume 123456`: `proof` is a code of the second factor. */
  | { readonly kind: 'resume'; readonly proof?: string }
  | { readonly kind: 'status' }
  /** `/feed`: the latest of what agents told. */
  | { readonly kind: 'feed' }
  /** `/agent writer`: who answers here from now on; without a name, who could. */
  | { readonly kind: 'agent'; readonly name?: string }
  /** `/pair`, `/pair qr`: a setup code for a device, as text or as a picture. */
  | { readonly kind: 'pair'; readonly as: 'qr' | 'text' }
  /** `/pair approve ab12`, `/pair approve ab12 123456`: lets in a device that waits. */
  | { readonly kind: 'pair-approve'; readonly ref: string; readonly proof?: string }
  | ({ readonly kind: 'answer' } & TypedAnswer)
  /** A code of the second factor alone; it is for no card. */
  | { readonly kind: 'bare-code' };

export type HaltControl = Extract<Control, { readonly kind: 'panic' | 'resume' | 'status' }>;

/** True for what is about everything, and not about one chat or one card. */
export const isHaltControl = (control: Control): control is HaltControl =>
  control.kind === 'panic' || control.kind === 'resume' || control.kind === 'status';

/** Whatever stands behind it: in an emergency nobody minds their words, and it only tightens. */
const PANIC = /^\/panic(?![a-z0-9_])/;

/** True for what is heard in a group even where nobody is spoken to; another bot's name is another's. */
export const isPanic = (text: string): boolean => /^\s*\/panic(?![a-z0-9_@])/i.test(text);

/** Reads what must never queue behind a turn. */
export function controlIn(text: string): Control | undefined {
  const [first = '', second = '', ...more] = text.trim().toLowerCase().split(/\s+/);
  const alone = second === '' ? commandIn(text) : undefined;
  if (alone === '/stop' || alone === '/new') return { kind: alone === '/stop' ? 'stop' : 'new' };
  if (alone === '/status') return { kind: 'status' };
  if (alone === '/feed') return { kind: 'feed' };
  if (PANIC.test(first)) return { kind: 'panic' };
  const worded = undoIn(text) ?? pairIn(text) ?? agentIn(text);
  if (worded) return worded;
  if (bare(first) === '/resume') return resume([second, ...more].filter((word) => word !== ''));
  if (isBareProof(text)) return { kind: 'bare-code' };
  const answer = typedAnswer(text);
  return answer && { kind: 'answer', ...answer };
}

function agentIn(text: string): Control | undefined {
  const [command = '', name = '', ...more] = text.trim().toLowerCase().split(/\s+/);
  const isBare = bare(command) === '/agent' || bare(command) === '/agents';
  if (isBare && name === '') return { kind: 'agent' };
  return command === '/agent' && more.length === 0 ? { kind: 'agent', name } : undefined;
}

function undoIn(text: string): Control | undefined {
  const [command = '', ...rest] = text.trim().toLowerCase().split(/\s+/);
  const list = rest.length === 1 && rest[0] === 'list';
  return bare(command) === '/undo' && (rest.length === 0 || list)
    ? { kind: 'undo', list }
    : undefined;
}

/** The one word of a message. */
const commandIn = (text: string): string => bare(text.trim().toLowerCase());

/** In groups a command carries the name of the bot that it is for. */
const bare = (word: string): string => word.split('@', 1)[0] ?? word;

function pairIn(text: string): Control | undefined {
  const [command = '', what = '', ref = '', ...rest] = text.trim().toLowerCase().split(/\s+/);
  if (bare(command) !== '/pair') return undefined;
  if (what === '' || what === 'qr') return { kind: 'pair', as: what === 'qr' ? 'qr' : 'text' };
  if (what !== 'approve' || ref === '') return undefined;
  const wish = { kind: 'pair-approve', ref } as const;
  return rest.length === 0 ? wish : { ...wish, proof: rest.join('') };
}

/** Whatever stands behind it was meant for a code, and is treated as one. */
const resume = (rest: readonly string[]): Control =>
  rest.length === 0 ? { kind: 'resume' } : { kind: 'resume', proof: rest.join('') };

/** The event as it is put on record: a code of the second factor is used and never kept. */
export const asKept = (event: InboundEvent, control: Control): InboundEvent => ({
  ...event,
  text: textKept(event.text, control),
});

function textKept(text: string, control: Control): string {
  if (control.kind === 'bare-code') return HIDDEN_PROOF;
  if (control.kind === 'pair-approve')
    return control.proof === undefined ? text : `/pair approve ${control.ref} ${HIDDEN_PROOF}`;
  if (control.kind !== 'resume') return withoutProof(text);
  return control.proof === undefined ? text : `/resume ${HIDDEN_PROOF}`;
}
