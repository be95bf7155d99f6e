import { mac, sameText } from '../../base/digest.ts';
import type { Card } from '../../domain/card.ts';
import type { Person } from '../../domain/sender.ts';

/**
 * What a button of a card does: `first` approves the first of several like requests, `hour` lets the
 * narrowest offer stand for an hour, `always` asks which offer shall stand for longer.
 */
const VERBS = ['yes', 'first', 'hour', 'always', 'no', 'stop'] as const;
export type Verb = (typeof VERBS)[number];

/** 48 bits: a platform's button is pressed by one person, and a guess costs a message. */
const MAC_LENGTH = 8;

/** Signs and reads what buttons carry: `v1:<verb>:<code>:<mac>`, at most 32 bytes. */
export interface Callbacks {
  /** Only `approver` may use what this returns, on the account of the channel that it names, for this card only. */
  sign(card: Card, verb: Verb, approver: Person): string;
  /** Undefined unless the text was signed here, for this card and this approver. */
  verify(text: string, card: Card, approver: Person): Verb | undefined;
}

/** What a button names; says nothing about whether it is genuine. */
export function namedBy(text: string): { readonly verb: Verb; readonly code: string } | undefined {
  const [version, named, code] = text.split(':');
  const verb = VERBS.find((one) => one === named);
  return version === 'v1' && verb !== undefined && code !== undefined ? { verb, code } : undefined;
}

/** The code that a button names. */
export const codeIn = (text: string): string | undefined => namedBy(text)?.code;

/** `key` lives as long as the gateway: buttons of an earlier one are void, as its questions are. */
export function createCallbacks(key: Uint8Array): Callbacks {
  const sign = (card: Card, verb: Verb, { channel, account, id }: Person): string => {
    const bound = JSON.stringify([card.id, card.digest, verb, channel, account, id]);
    return `v1:${verb}:${card.code}:${mac(key, bound, MAC_LENGTH)}`;
  };
  return {
    sign,
    verify: (text, card, approver) =>
      VERBS.find((verb) => sameText(text, sign(card, verb, approver))),
  };
}
