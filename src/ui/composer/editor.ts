import { MAX_TEXT } from '../../domain/message-length.ts';
import { graphemes, lastCharacter } from '../text/wrap.ts';

/** A message being written. `cursor` is a UTF-16 offset that never splits a character. */
export interface Draft {
  readonly text: string;
  readonly cursor: number;
  /** What was sent before, oldest first. */
  readonly history: readonly string[];
  /** Where in the history we are; `history.length` is the message being written. */
  readonly at: number;
  /** The message being written, kept while history is looked at. */
  readonly kept: string;
}

export type Edit =
  | { readonly do: 'insert'; readonly text: string }
  | { readonly do: 'left' | 'right' | 'home' | 'end' | 'up' | 'down' }
  | { readonly do: 'erase' | 'erase-to-start' | 'erase-to-end' | 'erase-word' | 'clear' };

export const emptyDraft: Draft = { text: '', cursor: 0, history: [], at: 0, kept: '' };

const HISTORY = 100;

/** The draft after one key. */
export function edit(draft: Draft, change: Edit): Draft {
  switch (change.do) {
    case 'insert':
      return replace(draft, draft.cursor, draft.cursor, change.text);
    case 'erase':
      return replace(draft, previous(draft), draft.cursor);
    case 'erase-word':
      return replace(draft, wordStart(draft), draft.cursor);
    case 'erase-to-start':
      return replace(draft, lineStart(draft), draft.cursor);
    case 'erase-to-end':
      return replace(draft, draft.cursor, lineEnd(draft));
    case 'clear':
      return replace(draft, 0, draft.text.length);
    case 'up':
      return moveUp(draft);
    case 'down':
      return moveDown(draft);
    default:
      return { ...draft, cursor: TARGETS[change.do](draft) };
  }
}

/** The draft once its text was sent. */
export function sent(draft: Draft): Draft {
  const again = draft.history.at(-1) === draft.text;
  const history = again ? draft.history : [...draft.history, draft.text].slice(-HISTORY);
  return { ...emptyDraft, history, at: history.length };
}

/** True for one that nobody takes: it can only be cleared, or made shorter. */
export const isTooLong = ({ text }: Draft): boolean => text.length > MAX_TEXT;

/** The draft with a text put back, for one that could not be sent. */
export const restored = (draft: Draft, text: string): Draft =>
  draft.text === '' ? { ...draft, text, cursor: text.length } : draft;

function replace(draft: Draft, from: number, to: number, text = ''): Draft {
  const clean = text.replaceAll(/\r\n?/g, '\n');
  return {
    ...draft,
    text: draft.text.slice(0, from) + clean + draft.text.slice(to),
    cursor: from + clean.length,
  };
}

const lineStart = ({ text, cursor }: Draft): number => text.lastIndexOf('\n', cursor - 1) + 1;

function lineEnd({ text, cursor }: Draft): number {
  const end = text.indexOf('\n', cursor);
  return end === -1 ? text.length : end;
}

const previous = ({ text, cursor }: Draft): number =>
  cursor - lastCharacter(text.slice(0, cursor)).length;

const next = ({ text, cursor }: Draft): number =>
  cursor + (graphemes(text.slice(cursor))[0]?.length ?? 0);

const wordStart = ({ text, cursor }: Draft): number =>
  text.slice(0, cursor).replace(/\S*\s*$/u, '').length;

const TARGETS = { left: previous, right: next, home: lineStart, end: lineEnd } as const;

function moveUp(draft: Draft): Draft {
  const start = lineStart(draft);
  if (start === 0) return recall(draft, draft.at - 1);
  const above = draft.text.lastIndexOf('\n', start - 2) + 1;
  return { ...draft, cursor: Math.min(above + draft.cursor - start, start - 1) };
}

function moveDown(draft: Draft): Draft {
  const end = lineEnd(draft);
  if (end === draft.text.length) return recall(draft, draft.at + 1);
  const below = lineEnd({ ...draft, cursor: end + 1 });
  return { ...draft, cursor: Math.min(end + 1 + draft.cursor - lineStart(draft), below) };
}

function recall(draft: Draft, at: number): Draft {
  if (at < 0 || at > draft.history.length) return draft;
  const kept = draft.at === draft.history.length ? draft.text : draft.kept;
  const text = draft.history[at] ?? kept;
  return { ...draft, at, kept, text, cursor: text.length };
}
