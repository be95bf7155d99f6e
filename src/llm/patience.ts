import { AtomError } from '../base/errors.ts';
import type { ModelPlace } from './place.ts';

/** How long one answer is waited for: for its first word, between two of them, for all of it. */
export interface Patience {
  /** Aborted, with an AtomError that says which wait was too long. */
  readonly signal: AbortSignal;
  /** Something of the answer came. */
  heard(): void;
  end(): void;
}

export function createPatience({ provider, waitMs }: ModelPlace): Patience {
  const over = new AbortController();
  let began = false;
  const giveUp = (wait: Wait): void => over.abort(tooLate(provider, { wait, began, waitMs }));
  const whole = setTimeout(giveUp, waitMs.whole, 'whole');
  let next = setTimeout(giveUp, waitMs.first, 'first');
  return {
    signal: over.signal,
    heard: () => {
      began = true;
      clearTimeout(next);
      next = setTimeout(giveUp, waitMs.idle, 'idle');
    },
    end: () => {
      clearTimeout(whole);
      clearTimeout(next);
    },
  };
}

type Wait = keyof ModelPlace['waitMs'];

const WORDS: Readonly<Record<Wait, string>> = {
  first: 'took too long to begin its answer',
  idle: 'fell silent in the middle of its answer',
  whole: 'took too long to come to an end',
};

/** Where nothing came, somebody else may be asked. */
function tooLate(
  provider: string,
  {
    wait,
    began,
    waitMs,
  }: { readonly wait: Wait; readonly began: boolean; readonly waitMs: ModelPlace['waitMs'] },
): AtomError {
  const seconds = waitMs[wait] / 1000;
  return new AtomError('failed', `${provider} ${WORDS[wait]} (${seconds} s).`, {
    elsewhere: !began,
    next: [
      'Try again.',
      `Wait longer:   atom config set models.${provider}.waitSeconds.${wait} ${seconds * 2}`,
    ],
  });
}
