import type { Change } from '../composer/change.ts';
import { type Draft, edit, emptyDraft } from '../composer/editor.ts';
import { linesWith } from './words.ts';

/** A search that is open. */
export interface Find {
  readonly query: Draft;
  /** Enter was pressed: the match is shown among its neighbours, and `n` and `N` go to others. */
  readonly placed: boolean;
  /** What was searched. */
  readonly lines: readonly string[];
  /** Numbers of the lines that have all words, the newest last. */
  readonly found: readonly number[];
  /** Which of them is looked at. */
  readonly at: number;
}

type Lines = () => readonly string[];

/** The words of `/search words`, empty where it has none; undefined for every other text. */
export function searchWish(text: string): string | undefined {
  const [command, ...words] = text.trim().split(/\s+/u);
  return command?.toLowerCase() === '/search' ? words.join(' ') : undefined;
}

/** Opens a search, for some words or for what will be typed. */
export function openFind(words: string, lines: Lines): Find {
  const query = edit(emptyDraft, { do: 'insert', text: words });
  return { ...lookFor(query, lines), placed: words !== '' };
}

/** The search after one key; undefined once it is closed. Never sends or decides anything. */
export function findKey(find: Find, change: Change, lines: Lines): Find | undefined {
  switch (change.do) {
    case 'leave':
      return undefined;
    case 'up':
    case 'find':
      return moved(find, -1);
    case 'down':
      return moved(find, 1);
    case 'send':
      return entered(find, change.text, lines);
    case 'insert':
      return find.placed && /^[nN]+$/.test(change.text)
        ? [...change.text].reduce((now, key) => moved(now, key === 'n' ? -1 : 1), find)
        : written(find, change.text, lines);
    case 'complete':
    case 'feed':
      return find;
    default:
      return lookFor(edit(find.query, change), lines);
  }
}

/** Enter shows the match in its place, and then the one before it; with no words it closes. */
function entered(find: Find, text: string, lines: Lines): Find | undefined {
  const typed = text === '' ? find : written(find, text, lines);
  if (typed.query.text.trim() === '') return undefined;
  return typed.placed ? moved(typed, -1) : { ...typed, placed: true };
}

const written = ({ query }: Find, text: string, lines: Lines): Find =>
  lookFor(edit(query, { do: 'insert', text: text.replaceAll(/\s/gu, ' ') }), lines);

/** The newest line with all words is looked at first. */
function lookFor(query: Draft, read: Lines): Find {
  const lines = read();
  const found = linesWith(lines, query.text);
  return { query, lines, found, at: found.length - 1, placed: false };
}

const moved = (find: Find, by: -1 | 1): Find => ({
  ...find,
  at: Math.max(0, Math.min(find.found.length - 1, find.at + by)),
});
