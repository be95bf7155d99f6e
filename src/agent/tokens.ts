import type { CompletionRequest } from '../domain/completion.ts';
import type { TranscriptItem, Used } from '../domain/session.ts';
import { guessTokens } from '../domain/tokens.ts';

/** About how many tokens a whole question to a model has. */
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
