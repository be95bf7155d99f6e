/** Of prose in Latin letters it is four; code and JSON have fewer. */
const CHARS_PER_TOKEN = 3.5;
/** Of other scripts nearly every sign is a token of its own. */
const TOKENS_PER_SIGN = 0.9;

/** About how many tokens a text has. */
export function guessTokens(text: string): number {
  const plain = text.replaceAll(/[^\u0000-\u024f]/gu, '').length;
  return plain / CHARS_PER_TOKEN + (text.length - plain) * TOKENS_PER_SIGN;
}
