import { AtomError } from '../../base/errors.ts';
import { SendError } from '../../domain/channel.ts';

/** Why credentials could not be checked: refused by whom they are for, put off by them, or nobody there was reached. */
export type Unchecked = 'refused' | 'put-off' | 'unreached';

export interface Attempt {
  /** What was tried: `The token`. */
  readonly what: string;
  /** Where others are got: `Copy it again from @BotFather`. */
  readonly renew: string;
  /** The command that tries it again. */
  readonly command: string;
}

/** What is thrown then. Only a refusal says anything of the credentials: without a network they may be right. */
export function uncheckedError(
  why: Unchecked,
  words: string,
  { what, renew, command }: Attempt,
): AtomError {
  const [code, next] = (
    {
      refused: ['credentials', renew],
      'put-off': ['failed', 'Wait a moment, then again'],
      unreached: ['unavailable', 'Check the network, then again'],
    } as const
  )[why];
  const message = `${what} could not be checked: ${words}. Nothing was stored.`;
  return new AtomError(code, message, { next: [`${next}:   ${command}`] });
}

/** The same of what a call to `who` threw: its `SendError` says who answered. */
export function uncheckedBy(who: string, thrown: unknown, attempt: Attempt): AtomError {
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  if (!(thrown instanceof SendError) || words.startsWith(`${who} asks`))
    return uncheckedError('put-off', words, attempt);
  const why = words.startsWith(`${who} says`) ? 'refused' : 'unreached';
  return uncheckedError(why, words, attempt);
}
