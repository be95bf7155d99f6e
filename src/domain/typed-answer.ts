import type { Card } from './card.ts';

/** A typed answer to a card: `ok k7p2`, `no k7p2`, `ok k7p2 123456`. */
export interface TypedAnswer {
  readonly verdict: 'approve' | 'deny';
  /** The card's four characters. */
  readonly code: string;
  /** What stands behind them and has the form of a code of the second factor. */
  readonly proof?: string;
}

const CODE_LENGTH = 4;
const VERDICTS: ReadonlyMap<string, 'approve' | 'deny'> = new Map([
  ['ok', 'approve'],
  ['no', 'deny'],
]);

/** Reads a typed answer, word by word; undefined where a text is anything else. */
export function typedAnswer(text: string): TypedAnswer | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [first = '', code = '', ...rest] = words;
  const verdict = VERDICTS.get(first);
  if (!verdict || code.length !== CODE_LENGTH) return undefined;
  if (rest.length === 0) return { verdict, code };
  return isProof(rest) ? { verdict, code, proof: rest.join('') } : undefined;
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
  const answer = typedAnswer(text);
  if (answer?.proof === undefined) return text;
  return `${answer.verdict === 'approve' ? 'ok' : 'no'} ${answer.code} ${HIDDEN_PROOF}`;
}

/** What approves a card where answers are typed: `ok k7p2`, or with the six digits that it needs. */
export const yesWords = ({ code, factor }: Pick<Card, 'code' | 'factor'>): string =>
  factor === 'totp' ? `ok ${code} 123456` : `ok ${code}`;
