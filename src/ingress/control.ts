import { type DoubtAnswer, doubtAnswer } from '../domain/doubt.ts';
import type { InboundEvent } from '../domain/event.ts';
import { plainOrder } from '../domain/plain-order.ts';
import {
  type CommandReading,
  misuseWords,
  readCommand,
  unknownWords,
} from '../domain/read-command.ts';
import type { Role } from '../domain/role.ts';
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
  /** `/runs`: what a crash cut off. */
  | { readonly kind: 'runs' }
  /** `again k7p2qx`: what is true of one of them. */
  | ({ readonly kind: 'doubt' } & DoubtAnswer)
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
  | { readonly kind: 'help' }
  /** `/sessions`, `/sessions 2`: the conversations of this chat, and going on with one of them. */
  | { readonly kind: 'sessions'; readonly number?: number }
  /** `/model`, `/model local/small`: which model answers in this conversation. */
  | { readonly kind: 'model'; readonly model?: string }
  /** `/pin`, `/pin always in metres`: what is kept word for word. */
  | { readonly kind: 'pin'; readonly text?: string }
  | { readonly kind: 'unpin'; readonly number: number }
  /** A command that stands there in a way that is none, or one that there is not; `words` say so. */
  | { readonly kind: 'misused'; readonly name: string; readonly words: string }
  | ({ readonly kind: 'answer' } & TypedAnswer)
  /** A code of the second factor alone; it is for no card. */
  | { readonly kind: 'bare-code' };

/** What is about runs that are over. */
export type RunControl = Extract<Control, { readonly kind: 'undo' | 'runs' | 'doubt' }>;

export const isRunControl = (control: Control): control is RunControl =>
  control.kind === 'undo' || control.kind === 'runs' || control.kind === 'doubt';

export type HaltControl = Extract<Control, { readonly kind: 'panic' | 'resume' | 'status' }>;

/** True for what is about everything, and not about one chat or one card. */
export const isHaltControl = (control: Control): control is HaltControl =>
  control.kind === 'panic' || control.kind === 'resume' || control.kind === 'status';

/** True for what is heard in a group even where nobody is spoken to; another bot's name is another's. */
export const isPanic = (text: string): boolean => /^\s*\/panic(?![a-z0-9_@])/i.test(text);

type Args = Readonly<Record<string, string>>;

/** What the commands mean that are no turn's, by their names. */
const MEANINGS: Readonly<Record<string, (args: Args) => Control>> = {
  help: () => ({ kind: 'help' }),
  new: () => ({ kind: 'new' }),
  stop: () => ({ kind: 'stop' }),
  status: () => ({ kind: 'status' }),
  feed: () => ({ kind: 'feed' }),
  panic: () => ({ kind: 'panic' }),
  // Whatever stands behind it was meant for a code, and is treated as one.
  resume: ({ proof }) =>
    proof === undefined ? { kind: 'resume' } : { kind: 'resume', proof: plain(proof) },
  sessions: ({ number }) => ({ kind: 'sessions', ...(number && { number: Number(number) }) }),
  model: ({ model }) => ({ kind: 'model', ...(model && { model }) }),
  agent: ({ agent }) => ({ kind: 'agent', ...(agent && { name: agent.toLowerCase() }) }),
  pin: ({ text }) => ({ kind: 'pin', ...(text && { text }) }),
  unpin: ({ number }) => ({ kind: 'unpin', number: Number(number) }),
  undo: ({ list }) => ({ kind: 'undo', list: list !== undefined }),
  runs: () => ({ kind: 'runs' }),
  pair: ({ qr, ref, proof }) => pairing(qr, ref?.toLowerCase(), proof),
};

/** Reads what must never queue behind a turn. */
export function controlIn(text: string): Control | undefined {
  const doubt = doubtAnswer(text);
  if (doubt) return { kind: 'doubt', ...doubt };
  const reading = readCommand(text);
  if (reading) return commanded(reading);
  if (isBareProof(text)) return { kind: 'bare-code' };
  const answer = typedAnswer(text);
  return answer && { kind: 'answer', ...answer };
}

/** The same of plain words that are nothing but an order. What is not an owner's to order stays what they said. */
export function plainControl(text: string, role: Role): Control | undefined {
  const order = plainOrder(text);
  return order === undefined || (order === '/undo' && role !== 'owner')
    ? undefined
    : controlIn(order);
}

/** Undefined for what has a turn of its own, and for words that only look like a command. */
function commanded(reading: CommandReading): Control | undefined {
  if (reading.kind === 'unknown') {
    const isMeant = reading.alone || reading.near !== undefined;
    return isMeant
      ? { kind: 'misused', name: reading.name, words: unknownWords(reading) }
      : undefined;
  }
  const { name, where } = reading.command;
  if (reading.kind === 'command') return MEANINGS[name]?.(reading.args);
  return where === 'door' ? { kind: 'misused', name, words: misuseWords(reading) } : undefined;
}

/** Codes are typed in groups and in capitals. */
const plain = (proof: string): string => proof.toLowerCase().replaceAll(/\s+/g, '');

function pairing(
  qr: string | undefined,
  ref: string | undefined,
  proof: string | undefined,
): Control {
  if (ref === undefined) return { kind: 'pair', as: qr === undefined ? 'text' : 'qr' };
  const wish = { kind: 'pair-approve', ref } as const;
  return proof === undefined ? wish : { ...wish, proof: plain(proof) };
}

/** The event as it is put on record: a code of the second factor is used and never kept. */
export const asKept = (event: InboundEvent, control: Control): InboundEvent => ({
  ...event,
  text: textKept(event.text, control),
});

function textKept(text: string, control: Control): string {
  if (control.kind === 'bare-code') return HIDDEN_PROOF;
  // What was mistyped may have been meant to hold one.
  if (control.kind === 'misused') return `/${control.name}`;
  if (control.kind === 'pair-approve')
    return control.proof === undefined ? text : `/pair approve ${control.ref} ${HIDDEN_PROOF}`;
  if (control.kind !== 'resume') return withoutProof(text);
  return control.proof === undefined ? text : `/resume ${HIDDEN_PROOF}`;
}
