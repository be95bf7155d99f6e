import { type Cursor, peek, refuse, skipBlanks } from './cursor.ts';
import { type Redirects, readRedirect } from './redirects.ts';
import { type Assignment, type Command, type SimpleCommand, textOf, type Word } from './script.ts';
import { asOne, type ReadWord, readWord } from './words.ts';

/** Reads a program with its words, what is set for it, and where it reads and writes. */
export function readSimple(cursor: Cursor): Command {
  const at = cursor.at;
  const assignments: Assignment[] = [];
  const words: Word[] = [];
  const redirects: Redirects = { found: [] };
  for (;;) {
    skipBlanks(cursor);
    if (readRedirect(cursor, redirects)) continue;
    const word = readWord(cursor);
    if (!word) break;
    const assignment = words.length === 0 ? assignmentOf(cursor, word) : undefined;
    if (assignment) assignments.push(assignment);
    else words.push(wordFor(words, word));
  }
  if (peek(cursor) === '(')
    refuse(cursor.at, 'a parenthesis is not expected here', 'Put it in single quotes.');
  if (words.length + assignments.length + redirects.found.length === 0)
    refuse(at, 'a command is missing here', 'Write a program and its arguments.');
  checkProgram(words, at);
  const command: SimpleCommand = { kind: 'simple', assignments, words, redirects: redirects.found };
  return redirects.given ? withText(command, redirects.given) : command;
}

/** What sets variables by its words; a shell does not split those. */
const DECLARES = /^(export|readonly)$/;

function wordFor([program]: readonly Word[], { parts, bare }: ReadWord): Word {
  const declares = program !== undefined && DECLARES.test(textOf(program) ?? '');
  return declares && /^\w+=/.test(bare) ? asOne(parts) : parts;
}

function assignmentOf({ text }: Cursor, word: ReadWord): Assignment | undefined {
  const { bare, parts, at } = word;
  const [whole, name = '', operator] = /^([A-Za-z_][A-Za-z0-9_]*)(=|\+=|\[)/.exec(bare) ?? [];
  if (whole === undefined) return undefined;
  if (operator !== '=') {
    if (operator === '[' && !bare.includes(']=')) return undefined;
    refuse(at, `"${whole}" sets a variable in a way that I do not read`, 'Write NAME=value');
  }
  if (text.charAt(at + bare.length) === '(' || /[=:]~/.test(bare))
    refuse(at, `"${whole}" is given something that I do not read`, 'Write $HOME for "~".');
  const [first, ...rest] = asOne(parts);
  const value = first?.kind === 'text' ? first.text.slice(whole.length) : '';
  return { name, value: value === '' ? rest : [{ kind: 'text', text: value }, ...rest] };
}

function checkProgram([program]: readonly Word[], at: number): void {
  if (program === undefined) return;
  const name = textOf(program);
  if (name === undefined)
    refuse(at, 'which program this starts is only found out while it runs', 'Write its name.');
  if (name === '') refuse(at, 'this program has no name', 'Write its name.');
}

/** These act on the shell that they run in, which a pipe would give them one of their own of. */
const ON_THE_SHELL = /^(cd|read|export|readonly|unset|set|shift|exit|break|continue|:)$/;

/** A text on standard input is what a pipe from `printf` would bring. */
function withText(
  command: SimpleCommand,
  given: { readonly word: Word; readonly at: number },
): Command {
  const [program] = command.words;
  if (program === undefined || ON_THE_SHELL.test(textOf(program) ?? ''))
    refuse(given.at, 'this command cannot be given a text', 'Put it in a file.');
  const words: Word[] = [[{ kind: 'text', text: 'printf' }], [{ kind: 'text', text: '%s' }]];
  const print: SimpleCommand = {
    kind: 'simple',
    assignments: [],
    redirects: [],
    words: [...words, given.word],
  };
  const body = { steps: [{ join: ';', negated: false, stages: [print, command] }] } as const;
  return { kind: 'group', subshell: false, body, redirects: [] };
}
