import type { Key } from 'ink';
import type { Press } from '../card/armed.ts';
import type { Change } from '../composer/change.ts';
import type { Keystroke } from '../desk/desk.ts';

/** What Ink heard, as one key with its two meanings. */
export const keystroke = (input: string, key: Key): Keystroke => ({
  press: pressOf(input, key),
  changes: changesOf(input, key),
});

/** A paste writes into the composer; on a card it is nothing but noise. */
export const pasted = (text: string): Keystroke => ({
  press: { name: 'paste', text },
  changes: [{ do: 'insert', text }],
});

function pressOf(input: string, key: Key): Press {
  const name = nameOf(key);
  if (name !== undefined) return { name, text: '' };
  const isText = input !== '' && !key.ctrl && !key.meta;
  return { name: isText ? 'text' : 'other', text: isText ? input : '' };
}

function nameOf(key: Key): Press['name'] | undefined {
  if (key.return) return key.meta ? 'other' : 'enter';
  if (key.escape) return 'escape';
  if (key.tab) return 'tab';
  if (key.backspace || key.delete) return 'backspace';
  if (key.upArrow || key.pageUp) return 'up';
  return key.downArrow || key.pageDown ? 'down' : undefined;
}

const CONTROL: Readonly<Record<string, Change>> = {
  a: { do: 'home' },
  b: { do: 'left' },
  e: { do: 'end' },
  f: { do: 'find' },
  j: { do: 'insert', text: '\n' },
  k: { do: 'erase-to-end' },
  t: { do: 'feed' },
  u: { do: 'erase-to-start' },
  w: { do: 'erase-word' },
};

function changesOf(input: string, key: Key): readonly Change[] {
  const edit = editOf(key);
  if (edit) return [edit];
  if (key.ctrl) return control(input);
  if (key.escape && !key.meta) return [{ do: 'leave' }];
  return key.meta || key.escape || key.tab ? [] : typed(input);
}

function editOf(key: Key): Change | undefined {
  if (key.return) return key.meta ? { do: 'insert', text: '\n' } : { do: 'send', text: '' };
  if (key.backspace || key.delete) return { do: 'erase' };
  if (key.tab) return key.shift ? undefined : { do: 'complete' };
  if (key.leftArrow) return { do: 'left' };
  if (key.rightArrow) return { do: 'right' };
  if (key.home) return { do: 'home' };
  if (key.end) return { do: 'end' };
  if (key.upArrow) return { do: 'up' };
  return key.downArrow ? { do: 'down' } : undefined;
}

const control = (letter: string): readonly Change[] => {
  const edit = CONTROL[letter];
  return edit ? [edit] : [];
};

/** A slow line joins keystrokes: control keys among them are still keys. */
const typed = (input: string): readonly Change[] =>
  (
    input.match(
      /[\u0001-\u0008\u000B\u000C\u000E-\u001F]|[^\u0001-\u0008\u000B\u000C\u000E-\u001F]+/gu,
    ) ?? []
  ).flatMap((part) =>
    part < ' ' && !/^[\r\n\t]/.test(part) ? control(letterOf(part)) : [written(part)],
  );

/** Ctrl-A is 1, Ctrl-B is 2, … */
const letterOf = (controlKey: string): string =>
  String.fromCharCode((controlKey.codePointAt(0) ?? 0) + 96);

/** Letters that end with one Enter were typed, and are sent; more than one row was pasted. */
const written = (part: string): Change =>
  /^[^\r\n]+\r$/u.test(part)
    ? { do: 'send', text: part.slice(0, -1) }
    : { do: 'insert', text: part };
