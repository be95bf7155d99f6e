import type { Card } from './card.ts';
import type { Lifetime } from './standing-approval.ts';

/** Which of a card's offers shall stand from now on, counted from 0, and for how long. */
export interface StandChoice {
  readonly offer: number;
  readonly lifetime: Lifetime;
}

/**
 * A typed answer to a card: `ok k7p2` or `y k7p2`, `no k7p2` or `n k7p2`, `ok k7p2 123456`, `ok k7p2 1h`, `ok k7p2 always 2`,
 * `ok k7p2 first`.
 */
export interface TypedAnswer {
  readonly verdict: 'approve' | 'deny';
  /** The card's four characters. */
  readonly code: string;
  readonly stand?: StandChoice;
  /** Of several like requests only the first. */
  readonly step?: boolean;
  /** What stands behind them and has the form of a code of the second factor. */
  readonly proof?: string;
}

const CODE_LENGTH = 4;
const VERDICTS: ReadonlyMap<string, 'approve' | 'deny'> = new Map([
  ['ok', 'approve'],
  ['y', 'approve'],
  ['no', 'deny'],
  ['n', 'deny'],
]);

/** Reads a typed answer, word by word; undefined where a text is anything else. */
export function typedAnswer(text: string): TypedAnswer | undefined {
  const [first = '', code = '', ...rest] = wordsIn(text);
  const verdict = VERDICTS.get(first);
  if (!verdict || code.length !== CODE_LENGTH) return undefined;
  const { meaning, left } = verdict === 'approve' ? extentIn(rest) : { meaning: {}, left: rest };
  const answer = { verdict, code, ...meaning };
  if (left.length === 0) return answer;
  return isProof(left) ? { ...answer, proof: left.join('') } : undefined;
}

const wordsIn = (text: string): readonly string[] =>
  text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');

/** How far a yes goes: once where nothing is said. */
function extentIn(words: readonly string[]): {
  readonly meaning: Pick<TypedAnswer, 'stand' | 'step'>;
  readonly left: readonly string[];
} {
  const [word, number = '', ...rest] = words;
  if (word === 'first') return { meaning: { step: true }, left: words.slice(1) };
  if (word === '1h')
    return { meaning: { stand: { offer: 0, lifetime: '1h' } }, left: words.slice(1) };
  if (word !== 'always') return { meaning: {}, left: words };
  const isNumbered = /^[1-9]$/.test(number);
  return {
    meaning: { stand: { offer: isNumbered ? Number(number) - 1 : 0, lifetime: '30d' } },
    left: isNumbered ? rest : words.slice(1),
  };
}

/** Digits, also as phones group them, or a recovery code in one piece. Slips in it are still a proof. */
const isProof = (words: readonly string[]): boolean =>
  /^[\d-]{4,12}$/.test(words.join('')) ||
  (words.length === 1 && /^[a-z2-9]{4}(?:-?[a-z2-9]{4}){3}$/.test(words.join('')));

/** True for a code of the second factor and nothing else: somebody forgot to say for which card. */
export const isBareProof = (text: string): boolean =>
  /^(?:\d{3}[\s-]?\d{3}|[a-z2-9]{4}(?:-[a-z2-9]{4}){3})$/i.test(text.trim());

/** What stands in the place of a code. */
export const HIDDEN_PROOF = '••••••';

/** The text as it may be kept and shown: a code of the second factor in it becomes `••••••`. */
export function withoutProof(text: string): string {
  const proof = typedAnswer(text)?.proof;
  if (proof === undefined) return text;
  const words = [...wordsIn(text)];
  for (let length = 0; length < proof.length; ) length += words.pop()?.length ?? proof.length;
  return [...words, HIDDEN_PROOF].join(' ');
}

/** What approves a card where answers are typed: `ok k7p2`, or with the six digits that it needs. */
export const yesWords = ({ code, factor }: Pick<Card, 'code' | 'factor'>): string =>
  factor === 'totp' ? `ok ${code} 123456` : `ok ${code}`;
