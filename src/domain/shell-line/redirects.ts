import { type Cursor, refuse, skipBlanks, takeMatch } from './cursor.ts';
import { awaitDocument } from './here-documents.ts';
import type { Descriptor, FileOp, Part, Redirect, Word } from './script.ts';
import { asOne, push, readWord } from './words.ts';

/** Redirections of one command, and a text that it is given to read. */
export interface Redirects {
  readonly found: Redirect[];
  given?: { readonly word: Word; readonly at: number };
}

/** `<(` begins a word. */
const OPERATOR = /(\d*)(&>>|&>|<<<|<<-|<<|<&|<>|>>|>&|>\||<(?!\()|>(?!\())/y;

/** Reads one redirection, if one comes next. */
export function readRedirect(cursor: Cursor, into: Redirects): boolean {
  const at = cursor.at;
  const operator = takeMatch(cursor, OPERATOR);
  if (!operator) return false;
  const [, digits = '', op = ''] = operator;
  const fd = descriptor(digits || (op.startsWith('<') ? '0' : '1'), at);
  skipBlanks(cursor);
  if (op.startsWith('<<')) give(cursor, into, { op, fd, at });
  else if (op === '>&') into.found.push({ kind: 'copy', fd, from: copied(cursor, at) });
  else if (op === '<&' || op === '<>') refuse(at, `"${op}" is not read here`, 'Name a file.');
  else into.found.push(...toFile(target(cursor, at), { op, fd, digits, at }));
  return true;
}

interface Operator {
  readonly op: string;
  readonly fd: Descriptor;
  readonly at: number;
}

function toFile(
  word: Word,
  { op, fd, digits, at }: Operator & { readonly digits: string },
): readonly Redirect[] {
  const file: FileOp = op === '<' ? '<' : op.endsWith('>>') ? '>>' : '>';
  if (!op.startsWith('&')) return [{ kind: 'file', fd, op: file, target: word }];
  if (digits !== '') refuse(at, `"${digits}${op}" is not read here`, 'Write > FILE 2>&1');
  return [
    { kind: 'file', fd: 1, op: file, target: word },
    { kind: 'copy', fd: 2, from: 1 },
  ];
}

function descriptor(digits: string, at: number): Descriptor {
  if (digits !== '0' && digits !== '1' && digits !== '2')
    refuse(at, 'only the descriptors 0, 1 and 2 are read', 'Use standard output or error.');
  return Number(digits) as Descriptor;
}

function copied(cursor: Cursor, at: number): Descriptor {
  const found = takeMatch(cursor, /[12](?=[ \t\n|&;<>()]|$)/y);
  if (!found) refuse(at, '">&" is read before 1 and 2 only', 'Write > FILE 2>&1');
  return Number(found[0]) as Descriptor;
}

/** A file’s name. A shell would not look for several files here, and neither does this. */
function target(cursor: Cursor, at: number): Word {
  const word = readWord(cursor);
  if (!word) refuse(at, 'this redirection names no file', 'Name a file.');
  return asOne(word.parts);
}

/** `<<END` and `<<< word`: a text for standard input. */
function give(cursor: Cursor, into: Redirects, { op, fd, at }: Operator): void {
  if (fd !== 0) refuse(at, 'a text can only be given to standard input');
  if (into.given) refuse(at, 'this command is given two texts', 'Give it one.');
  const word = readWord(cursor);
  if (!word || word.parts.some(({ kind }) => kind === 'process'))
    refuse(at, 'this redirection is given no text', 'Write <<< and a text in quotes.');
  const parts: Part[] = [];
  if (op === '<<<')
    for (const part of [...asOne(word.parts), { kind: 'text', text: '\n' } as const])
      push(parts, part);
  else awaitDocument(cursor, word, { tabs: op === '<<-', into: parts, at });
  into.given = { word: parts, at };
}
