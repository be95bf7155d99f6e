import type { CompletionRequest } from '../domain/completion.ts';
import type { TranscriptItem, Used } from '../domain/session.ts';

/** Of prose in Latin letters it is four; code and JSON have fewer. */
const CHARS_PER_TOKEN = 3.5;
/** Of other scripts nearly every sign is a token of its own. */
const TOKENS_PER_SIGN = 0.9;

/** About how many tokens a text has. */
export function guessTokens(text: string): number {
  const plain = text.replaceAll(/[^\u0000-\u024f]/gu, '').length;
  return plain / CHARS_PER_TOKEN + (text.length - plain) * TOKENS_PER_SIGN;
}

/** The same of a whole question to a model. */
export const guessRequest = (request: Pick<CompletionRequest, 'system' | 'messages' | 'tools'>) =>
  Math.ceil(
    guessTokens(request.system) +
      guessTokens(JSON.stringify(request.messages)) +
      guessTokens(JSON.stringify(request.tools)),
  );

const LEAST = 0.8;
const MOST = 2.5;

/** What guesses are multiplied by: how far off the newest one was, where the provider counts. */
export function correctionOf(transcript: readonly TranscriptItem[]): number {
  const last = transcript.findLast((item) => item.role === 'assistant' && item.used !== undefined);
  const used: Used | undefined = last?.role === 'assistant' ? last.used : undefined;
  if (used === undefined || used.guessed <= 0) return 1;
  return Math.min(MOST, Math.max(LEAST, used.told / used.guessed));
}
