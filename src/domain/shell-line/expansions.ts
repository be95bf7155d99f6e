import { type Cursor, peek, refuse, take, takeMatch } from './cursor.ts';
import type { Part, Variable } from './script.ts';

const QUOTE = 'Put it in single quotes if you mean the character itself.';

/** Reads what a `$` begins: a variable, or what a command prints. */
export function readDollar(cursor: Cursor, quoted: boolean): Part {
  const at = cursor.at;
  cursor.at += 1;
  if (peek(cursor) === '{') return { kind: 'variable', variable: readBraced(cursor), quoted };
  if (peek(cursor, 2) === '((' || peek(cursor) === '[')
    refuse(at, '"$((" calculates, which I do not read', 'Let a program calculate: expr 1 + 2');
  if (take(cursor, '(')) {
    const { script } = cursor.nested(cursor, [')']);
    return { kind: 'output', script, quoted };
  }
  if (peek(cursor, 2) === '\\\n')
    refuse(at, '"$" stands before a broken line', 'Write it on one line.');
  const name = takeMatch(cursor, NAME)?.[0];
  if (name !== undefined) return { kind: 'variable', variable: plain(name), quoted };
  if (!quoted && (peek(cursor) === "'" || peek(cursor) === '"'))
    refuse(at, '"$" before a quote is read by one kind of shell only', 'Write the quote alone.');
  if (/[!-]/.test(peek(cursor)))
    refuse(at, `"$${peek(cursor)}" is not a variable that I read`, QUOTE);
  return { kind: 'text', text: '$' };
}

/** Names, digits for arguments, and the variables a shell itself sets that say nothing about it. */
const NAME = /[A-Za-z_][A-Za-z0-9_]*|[0-9?#$@*]/y;
const BRACED = /[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[?#$@*]/y;
/** Values that mean the same with and without quotes around them, so that they can be printed as they are. */
const CHANGE = /(?::?[-+][A-Za-z0-9_./@%^,:=-]*|(?:%%?|##?)(?:[A-Za-z0-9_./@:,=*?-]|\\[./])*)?/y;

const plain = (name: string): Variable => ({ name, length: false, change: '' });

function readBraced(cursor: Cursor): Variable {
  const at = cursor.at - 1;
  cursor.at += 1;
  const length = /^#[A-Za-z_]/.test(peek(cursor, 2)) && take(cursor, '#');
  const name = takeMatch(cursor, BRACED)?.[0];
  const change = length ? '' : (takeMatch(cursor, CHANGE)?.[0] ?? '');
  if (name === undefined || !take(cursor, '}'))
    refuse(at, 'this use of "${" is not one that I read', 'Use the variable as it is: "$NAME"');
  return { name, length, change };
}

/** Reads `…` between backquotes. They are unescaped once, and read as a text of their own. */
export function readBackquoted(cursor: Cursor, quoted: boolean): Part {
  const at = cursor.at;
  const found = takeMatch(cursor, /`((?:[^`\\]|\\.)*)`/sy);
  if (!found) refuse(at, 'this backquote is never closed', 'Write $(…) instead.');
  const escapes = quoted ? /\\([$`\\"])/g : /\\([$`\\])/g;
  const text = (found[1] ?? '').replace(escapes, '$1');
  if (text.includes('<<')) refuse(at, 'there is a here-document in backquotes', 'Write $(…).');
  const inner: Cursor = { ...cursor, text, at: 0, awaited: [] };
  return { kind: 'output', script: cursor.nested(inner, ['']).script, quoted };
}
