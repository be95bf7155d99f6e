import { mac, sameText } from '../../base/digest.ts';
import type { Card } from '../../domain/card.ts';
import { type DoubtWord, doubtWords } from '../../domain/doubt.ts';
import type { Person } from '../../domain/sender.ts';

/**
 * What a button of a card does: `first` approves the first of several like requests, `hour` lets the
 * narrowest offer stand for an hour, `always` asks which offer shall stand for longer. The others are of a
 * run in doubt.
 */
const VERBS = ['yes', 'first', 'hour', 'always', 'no', 'stop', ...doubtWords] as const;
export type Verb = (typeof VERBS)[number];

/** 48 bits: a platform's button is pressed by one person, and a guess costs a message. */
const MAC_LENGTH = 8;

/** What a button decides: a card, or a run in doubt. */
export type Signed = Pick<Card, 'id' | 'digest' | 'code'>;

/** Signs and reads what buttons carry: `v1:<verb>:<code>:<mac>`, at most 32 bytes. */
export interface Callbacks {
  /** Only `approver` may use what this returns, on the account of the channel that it names, for this one only. */
  sign(of: Signed, verb: Verb, approver: Person): string;
  /** Undefined unless the text was signed here, for this one and this approver. */
  verify(text: string, of: Signed, approver: Person): Verb | undefined;
}

/** What a button names; says nothing about whether it is genuine. */
export function namedBy(text: string): { readonly verb: Verb; readonly code: string } | undefined {
  const [version, named, code] = text.split(':');
  const verb = VERBS.find((one) => one === named);
  return version === 'v1' && verb !== undefined && code !== undefined ? { verb, code } : undefined;
}

/** What a button says of a run in doubt, were it genuine; undefined for one of a card. */
export function doubtNamedBy(
  text: string,
): { readonly word: DoubtWord; readonly code: string } | undefined {
  const { verb, code = '' } = namedBy(text) ?? {};
  const word = doubtWords.find((one) => one === verb);
  return word && { word, code };
}

/** The code that a button names. */
export const codeIn = (text: string): string | undefined => namedBy(text)?.code;

/** `key` lives as long as the gateway: buttons of an earlier one are void, as its questions are. */
export function createCallbacks(key: Uint8Array): Callbacks {
  const sign = (of: Signed, verb: Verb, { channel, account, id }: Person): string => {
    const bound = JSON.stringify([of.id, of.digest, verb, channel, account, id]);
    return `v1:${verb}:${of.code}:${mac(key, bound, MAC_LENGTH)}`;
  };
  return {
    sign,
    verify: (text, of, approver) => VERBS.find((verb) => sameText(text, sign(of, verb, approver))),
  };
}
