import { type Cursor, type HereDocument, refuse, take } from './cursor.ts';
import { type Part, textOf } from './script.ts';
import { push, type ReadWord, readQuoted } from './words.ts';

/** Notes that a here-document begins on the next line; its text is put `into` there once it is read. */
export function awaitDocument(
  cursor: Cursor,
  word: ReadWord,
  how: Pick<HereDocument, 'tabs' | 'into' | 'at'>,
): void {
  const delimiter = textOf(word.parts);
  if (delimiter === undefined || delimiter.includes('\n'))
    refuse(word.at, 'the end of this here-document is not a plain word', "Write <<'END'");
  cursor.awaited.push({ ...how, delimiter, literal: !word.plain });
}

/** Goes past a new line and the here-documents behind it; false where none comes next. */
export function takeNewLine(cursor: Cursor): boolean {
  if (!take(cursor, '\n')) return false;
  for (const document of cursor.awaited.splice(0)) readDocument(cursor, document);
  return true;
}

function readDocument(cursor: Cursor, document: HereDocument): void {
  const text = readLines(cursor, document);
  const parts: readonly Part[] = document.literal
    ? [{ kind: 'text', text }]
    : readQuoted({ ...cursor, text, at: 0, awaited: [] }, '');
  for (const part of parts) push(document.into, part);
}

/** Everything up to the line that is the delimiter. */
function readLines(cursor: Cursor, { delimiter, literal, tabs, at }: HereDocument): string {
  let lines = '';
  for (;;) {
    if (cursor.at >= cursor.text.length)
      refuse(at, `this here-document is never ended`, `End it with a line that is ${delimiter}`);
    const end = cursor.text.indexOf('\n', cursor.at);
    const written = cursor.text.slice(cursor.at, end < 0 ? undefined : end);
    const line = tabs ? written.replace(/^\t+/, '') : written;
    // The new line behind the last one is left: it ends the command too.
    cursor.at = line === delimiter || end < 0 ? cursor.at + written.length : end + 1;
    if (line === delimiter) return lines;
    if (!literal && BROKEN.test(line))
      refuse(at, 'a line of this here-document is broken', `Quote its end: <<'${delimiter}'`);
    lines += `${line}\n`;
  }
}

/** Ends in a backslash that none escapes: the next line would belong to this one. */
const BROKEN = /(?<!\\)(?:\\\\)*\\$/;
