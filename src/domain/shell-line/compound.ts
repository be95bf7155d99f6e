import { type Cursor, peek, refuse, skipBlanks, take, takeMatch } from './cursor.ts';
import { takeNewLine } from './here-documents.ts';
import { type Redirects, readRedirect } from './redirects.ts';
import type { Command, CompoundBody, Redirect, Script, Word } from './script.ts';
import { readWord } from './words.ts';

/** Reads a loop, a choice or a group; undefined where a simple command comes next. */
export function readCompound(cursor: Cursor): Command | undefined {
  const at = cursor.at;
  const read = bodyAt(cursor);
  if (!read) return undefined;
  const redirects = readRedirects(cursor);
  skipBlanks(cursor);
  if (readWord(cursor)) refuse(at, 'words follow the end of this command', 'Write ; before them.');
  return { ...read, redirects };
}

/** Words of the language that begin what is not read here. */
const UNREAD: Readonly<Record<string, string>> = {
  case: 'Use if and test instead.',
  select: 'Use for instead.',
  function: 'Write its commands where they are needed.',
  coproc: 'Use a pipe instead.',
  '[[': 'Use [ … ] instead.',
};

function bodyAt(cursor: Cursor): CompoundBody | undefined {
  const start = cursor.at;
  if (peek(cursor, 2) === '((')
    refuse(start, '"((" calculates, which I do not read', 'Write ( ( for a subshell in another.');
  if (take(cursor, '(')) return group(cursor, ')');
  const word = takeMatch(cursor, /(?:\{|\}|\[\[|[a-z]+)(?=[ \t\n|&;<>()]|$)/y)?.[0] ?? '';
  const hint = Object.hasOwn(UNREAD, word) ? UNREAD[word] : undefined;
  if (hint !== undefined)
    refuse(start, `"${word}" is not a part of the language that I read`, hint);
  if (word === '{') return group(cursor, '}');
  if (word === 'if') return readIf(cursor);
  if (word === 'for') return readFor(cursor);
  if (word === 'while' || word === 'until') return readLoop(cursor, word);
  if (ENDS.includes(word))
    refuse(
      start,
      `"${word}" is not expected here`,
      'Put it in quotes if you mean the word itself.',
    );
  cursor.at = start;
  return undefined;
}

const ENDS: readonly string[] = ['then', 'elif', 'else', 'fi', 'do', 'done', 'in', 'esac', '}'];

const group = (cursor: Cursor, end: ')' | '}'): CompoundBody => ({
  kind: 'group',
  subshell: end === ')',
  body: cursor.nested(cursor, [end]).script,
});

function readIf(cursor: Cursor): CompoundBody {
  const branches: { readonly test: Script; readonly body: Script }[] = [];
  for (;;) {
    const test = cursor.nested(cursor, ['then']).script;
    const { script: body, end } = cursor.nested(cursor, ['elif', 'else', 'fi']);
    branches.push({ test, body });
    if (end === 'elif') continue;
    const otherwise = end === 'else' ? cursor.nested(cursor, ['fi']).script : undefined;
    return { kind: 'if', branches, otherwise };
  }
}

function readLoop(cursor: Cursor, word: 'while' | 'until'): CompoundBody {
  const test = cursor.nested(cursor, ['do']).script;
  return {
    kind: 'loop',
    until: word === 'until',
    test,
    body: cursor.nested(cursor, ['done']).script,
  };
}

function readFor(cursor: Cursor): CompoundBody {
  skipBlanks(cursor);
  const at = cursor.at;
  const head = takeMatch(cursor, /([A-Za-z_][A-Za-z0-9_]*)[ \t]+in(?=[ \t\n;])/y);
  if (!head?.[1]) refuse(at, 'a name and "in" are expected after "for"', 'for NAME in WORDS; do …');
  const words: Word[] = [];
  skipBlanks(cursor);
  for (let word = readWord(cursor); word; word = readWord(cursor)) {
    words.push(word.parts);
    skipBlanks(cursor);
  }
  take(cursor, ';');
  skipBlanks(cursor);
  while (takeNewLine(cursor)) skipBlanks(cursor);
  if (!takeMatch(cursor, /do(?=[ \t\n])/y))
    refuse(cursor.at, '"do" is expected here', 'Write ; do');
  return { kind: 'for', name: head[1], words, body: cursor.nested(cursor, ['done']).script };
}

function readRedirects(cursor: Cursor): readonly Redirect[] {
  const redirects: Redirects = { found: [] };
  do skipBlanks(cursor);
  while (readRedirect(cursor, redirects));
  if (redirects.given)
    refuse(redirects.given.at, 'only a single command may be given a text', 'Put it in a file.');
  return redirects.found;
}
