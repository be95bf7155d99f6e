import { readCompound } from './compound.ts';
import { atEnd, type Cursor, peek, refuse, skipBlanks, take, takeMatch } from './cursor.ts';
import { takeNewLine } from './here-documents.ts';
import type { Command, Script, Step } from './script.ts';
import { readSimple } from './simple.ts';

/** Nobody writes commands in commands in commands this deep. */
const MOST_DEPTH = 20;

/** Reads commands up to one of `ends`, and past it; the empty end is the end of the text. */
export function readCommands(
  cursor: Cursor,
  ends: readonly string[],
): { readonly script: Script; readonly end: string } {
  const awaited = cursor.awaited.length;
  cursor.depth += 1;
  if (cursor.depth > MOST_DEPTH) refuse(cursor.at, 'there are too many commands in commands');
  const steps: Step[] = [];
  let join: Step['join'] | undefined = ';';
  for (;;) {
    skipLines(cursor);
    const at = cursor.at;
    const end = takeEnd(cursor, ends);
    if (end !== undefined) {
      if (steps.length === 0 || (join !== ';' && join !== undefined))
        refuse(at, 'a command is missing here', 'Write the command, or leave out what joins it.');
      if (cursor.awaited.length > awaited)
        refuse(
          at,
          'a here-document begins here that ends elsewhere',
          'Put it on lines of its own.',
        );
      cursor.depth -= 1;
      return { script: { steps }, end };
    }
    if (join === undefined || atEnd(cursor)) refuseUnended(cursor, ends);
    steps.push(readStep(cursor, join));
    join = readJoin(cursor);
  }
}

function refuseUnended(cursor: Cursor, ends: readonly string[]): never {
  const wanted = ends.filter(Boolean).map((end) => `"${end}"`);
  return atEnd(cursor)
    ? refuse(cursor.at, `the line ends before ${wanted.join(' or ')}`, 'Complete it.')
    : refuse(cursor.at, `"${peek(cursor)}" is not expected here`, QUOTE);
}

const QUOTE = 'Put it in single quotes if you mean the character itself.';

function skipLines(cursor: Cursor): void {
  do skipBlanks(cursor);
  while (takeNewLine(cursor));
}

/** A word of the language is one only where it stands alone. */
function takeEnd(cursor: Cursor, ends: readonly string[]): string | undefined {
  if (atEnd(cursor)) return ends.includes('') ? '' : undefined;
  if (ends.includes(')') && take(cursor, ')')) return ')';
  const word = /(?:\}|[a-z]+)(?=[ \t\n|&;<>()]|$)/y;
  const start = cursor.at;
  const found = takeMatch(cursor, word)?.[0];
  if (found !== undefined && ends.includes(found)) return found;
  cursor.at = start;
  return undefined;
}

/** How the next command follows; undefined where none may. */
function readJoin(cursor: Cursor): Step['join'] | undefined {
  skipBlanks(cursor);
  const at = cursor.at;
  if (peek(cursor, 2) === ';;' || peek(cursor, 2) === ';&')
    refuse(at, `"${peek(cursor, 2)}" is not expected here`, QUOTE);
  if (take(cursor, ';') || peek(cursor) === '\n') return ';';
  if (take(cursor, '&&')) return '&&';
  if (take(cursor, '||')) return '||';
  if (peek(cursor) === '&')
    refuse(at, '"&" would go on in the background', 'Leave it out: a command runs until it ends.');
  return undefined;
}

function readStep(cursor: Cursor, join: Step['join']): Step {
  const negated = takeMatch(cursor, /!(?=[ \t])/y) !== undefined;
  const stages: Command[] = [];
  do {
    skipLines(cursor);
    stages.push(readCompound(cursor) ?? readSimple(cursor));
    skipBlanks(cursor);
    if (peek(cursor, 2) === '|&')
      refuse(cursor.at, '"|&" is read by one kind of shell only', 'Write 2>&1 |');
  } while (peek(cursor, 2) !== '||' && take(cursor, '|'));
  return { join, negated, stages };
}
