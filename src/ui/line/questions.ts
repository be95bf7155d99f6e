import type { Clock } from '../../base/clock.ts';
import { isNewcomer, type Question } from '../card/newcomer.ts';
import { headFor, headOf } from '../desk/state.ts';
import { cardSentences, moreSentences } from './card-sentences.ts';
import type { Asked } from './meaning.ts';
import { personSentences } from './person-sentences.ts';

/** Seconds before the end at which it is said that a card expires. */
const ANNOUNCED = [60, 30, 10];

/** The card that was printed last and waits for a line. */
export interface Questions {
  /** Prints the head of the queue where it is another than before. */
  show(cards: readonly Question[]): void;
  /** A line came: answers count again after a silence. */
  heard(): void;
  asked(): Asked;
  card(): Question | undefined;
}

export interface QuestionDeps {
  readonly clock: Clock;
  say(line: string): void;
  /** What is decided about, in signs that may be printed. */
  exact<T>(value: T): T;
}

export function createQuestions(
  { clock, say, exact }: QuestionDeps,
  signal: AbortSignal,
): Questions {
  let card: Question | undefined;
  let quietSince = clock.monotonic();
  let timers: readonly NodeJS.Timeout[] = [];
  const hush = (): void => timers.forEach(clearTimeout);
  signal.addEventListener('abort', hush, { once: true });
  return {
    show([first]) {
      const next = first && exact(first);
      if (next?.id === card?.id) return;
      hush();
      card = next;
      if (!next) return;
      for (const line of sentencesOn(next, clock.now())) say(line);
      quietSince = clock.monotonic();
      timers = announcements(next, clock.now(), say);
    },
    heard() {
      quietSince = clock.monotonic();
    },
    asked() {
      const head = headOf(card ? [card] : []);
      return head ? { head, quietSince } : { quietSince };
    },
    card: () => card,
  };
}

/** All of it, in sentences. */
const sentencesOn = (question: Question, now: number): readonly string[] =>
  isNewcomer(question) ? personSentences(question, now) : cardSentences(question, now);

/** What `details` prints. */
export const detailsOn = (question: Question, now: number): readonly string[] =>
  isNewcomer(question) ? personSentences(question, now) : moreSentences(question);

const announcements = (
  question: Question,
  now: number,
  say: (line: string) => void,
): readonly NodeJS.Timeout[] =>
  ANNOUNCED.map((seconds) => ({ seconds, ms: question.expiresAt - now - seconds * 1000 }))
    .filter(({ ms }) => ms > 0)
    .map(({ seconds, ms }) =>
      setTimeout(() => say(`${headFor(question).code} expires in ${seconds} seconds.`), ms),
    );
