import { createNumbered, type Numbered } from '../numbered.ts';

/** What the channel remembers of what went past, for as long as this gateway runs. */
export interface Memory {
  readonly numbered: Numbered;
  noteSent(timestamp: number): void;
  wasSent(timestamp: number): boolean;
  noteWords(message: string | undefined, text: string): void;
  /** The words of a message that is quoted; empty where nobody remembers, and phones look for themselves. */
  wordsOf(message: string): string;
}

const REMEMBERED = 1000;
const MOST_WORDS = 500;

export function createMemory(): Memory {
  const sent = new Map<number, true>();
  const words = new Map<string, string>();
  return {
    numbered: createNumbered(),
    noteSent: (timestamp) => remember(sent, timestamp, true),
    wasSent: (timestamp) => sent.has(timestamp),
    noteWords(message, text) {
      if (message !== undefined) remember(words, message, text.slice(0, MOST_WORDS).toWellFormed());
    },
    wordsOf: (message) => words.get(message) ?? '',
  };
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > REMEMBERED && oldest !== undefined) map.delete(oldest);
}
