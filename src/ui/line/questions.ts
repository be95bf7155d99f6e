import type { Clock } from '../../base/clock.ts';
import type { Card } from '../../domain/card.ts';
import { headOf } from '../desk/state.ts';
import type { Asked } from './answers.ts';
import { cardSentences } from './card-sentences.ts';

/** Seconds before the end at which it is said that a card expires. */
const ANNOUNCED = [60, 30, 10];

/** The card that was printed last and waits for a line. */
export interface Questions {
  /** Prints the head of the queue where it is another than before. */
  show(cards: readonly Card[]): void;
  /** A line came: answers count again after a silence. */
  heard(): void;
  asked(): Asked;
  card(): Card | undefined;
}

export function createQuestions(
  clock: Clock,
  say: (line: string) => void,
  signal: AbortSignal,
): Questions {
  let card: Card | undefined;
  let quietSince = clock.monotonic();
  let timers: readonly NodeJS.Timeout[] = [];
  const hush = (): void => timers.forEach(clearTimeout);
  signal.addEventListener('abort', hush, { once: true });
  return {
    show([next]) {
      if (next?.id === card?.id) return;
      hush();
      card = next;
      if (!next) return;
      for (const line of cardSentences(next, clock.now())) say(line);
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

const announcements = (
  { code, expiresAt }: Card,
  now: number,
  say: (line: string) => void,
): readonly NodeJS.Timeout[] =>
  ANNOUNCED.map((seconds) => ({ seconds, ms: expiresAt - now - seconds * 1000 }))
    .filter(({ ms }) => ms > 0)
    .map(({ seconds, ms }) => setTimeout(() => say(`${code} expires in ${seconds} seconds.`), ms));
