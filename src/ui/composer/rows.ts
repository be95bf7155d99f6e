import stringWidth from 'string-width';
import { visibleBlock } from '../../base/visible.ts';
import { lengthWords } from '../../domain/message-length.ts';
import { type Row, row, type Span, span } from '../text/spans.ts';
import { graphemes, wrap } from '../text/wrap.ts';
import type { Draft } from './editor.ts';

export interface ComposerLook {
  readonly columns: number;
  readonly maxRows: number;
  /** False while a card has the keys: no cursor is drawn. */
  readonly focused: boolean;
  /** What stands before it, and what stands there while it is empty, where it is no message. */
  readonly prompt?: string;
  readonly hint?: string;
}

const PROMPT = '› ';
const INDENT = '  ';
const HINT = 'Write a message, or /help';

/** The draft as rows, the cursor drawn in; scrolled so that the cursor is always among them. */
export function composerRows(draft: Draft, look: ComposerLook): readonly Row[] {
  if (draft.text === '') return [emptyRow(look)];
  const { prompt = PROMPT } = look;
  const { rows, cursorRow } = layOut(draft, look);
  const from = Math.max(0, Math.min(cursorRow - look.maxRows + 1, rows.length - look.maxRows));
  return rows
    .slice(from, from + look.maxRows)
    .map((spans, i) => [span(from + i === 0 ? prompt : INDENT, 'accent'), ...spans]);
}

const emptyRow = ({ focused, columns, prompt = PROMPT, hint = HINT }: ComposerLook): Row => [
  span(prompt, 'accent'),
  ...(focused ? [span(' ', 'cursor')] : []),
  span(columns > hint.length + prompt.length + 2 ? hint : '', 'dim'),
];

function layOut({ text, cursor }: Draft, { columns, focused, prompt = PROMPT }: ComposerLook) {
  // One column stays free, so that a cursor after the last character never wraps.
  const width = Math.max(2, columns - prompt.length - 1);
  const rows: Row[] = [];
  let spans: Span[] = [];
  let used = 0;
  let offset = 0;
  let cursorRow = 0;
  const breakRow = (): void => {
    rows.push(spans);
    spans = [];
    used = 0;
  };
  for (const char of [...graphemes(text), '']) {
    const { shown, columnsOfChar } = drawn(char);
    if (used + columnsOfChar > width) breakRow();
    const here = offset === cursor && focused;
    if (offset === cursor) cursorRow = rows.length;
    spans.push(here ? span(shown || ' ', 'cursor') : span(shown));
    used += columnsOfChar;
    if (char === '\n') breakRow();
    offset += char.length;
  }
  return { rows: [...rows, spans], cursorRow };
}

function drawn(char: string): { readonly shown: string; readonly columnsOfChar: number } {
  // What a keyboard writes is one column; to look that up for each letter of a long text takes its time.
  if (char.length === 1 && char >= ' ' && char <= '~') return { shown: char, columnsOfChar: 1 };
  const shown = char === '\n' ? '' : visibleBlock(char);
  return { shown, columnsOfChar: stringWidth(shown) };
}

/** Stands in place of a draft that is too long to be sent; nothing of it is drawn. */
export function tooLongRows({ text }: Draft, { columns, maxRows }: ComposerLook): readonly Row[] {
  const words = `${PROMPT}Too long: ${lengthWords(text)}; Esc clears it`;
  const lines = wrap(words, columns - 1);
  return (lines.length > maxRows ? [`${PROMPT}Too long: Esc clears`] : lines).map((line) =>
    row(line, 'caution'),
  );
}
