import type { Key } from 'ink';
import type { Press } from '../card/arming.ts';
import type { Edit } from '../composer/editor.ts';
import type { Keystroke } from '../desk/desk.ts';

/** What Ink heard, as one key with its two meanings. */
export const keystroke = (input: string, key: Key): Keystroke => {
  const change = changeOf(input, key);
  return { press: pressOf(input, key), ...(change ? { change } : {}) };
};

/** A paste writes into the composer; on a card it is nothing but noise. */
export const pasted = (text: string): Keystroke => ({
  press: { name: 'paste', text },
  change: { do: 'insert', text },
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

const CONTROL: Readonly<Record<string, Edit>> = {
  a: { do: 'home' },
  b: { do: 'left' },
  e: { do: 'end' },
  f: { do: 'right' },
  j: { do: 'insert', text: '\n' },
  k: { do: 'erase-to-end' },
  u: { do: 'erase-to-start' },
  w: { do: 'erase-word' },
};

function changeOf(input: string, key: Key): Keystroke['change'] {
  if (key.return) return key.meta ? { do: 'insert', text: '\n' } : { do: 'send', text: '' };
  if (key.backspace || key.delete) return { do: 'erase' };
  if (key.leftArrow) return { do: 'left' };
  if (key.rightArrow) return { do: 'right' };
  if (key.home) return { do: 'home' };
  if (key.end) return { do: 'end' };
  if (key.upArrow) return { do: 'up' };
  if (key.downArrow) return { do: 'down' };
  if (key.ctrl) return CONTROL[input];
  return key.meta || key.escape || key.tab || input === '' ? undefined : typed(input);
}

/** A slow line joins keystrokes: letters that end with one Enter were typed, and are sent. */
const typed = (input: string): Keystroke['change'] =>
  /^[^\r\n]+\r$/u.test(input)
    ? { do: 'send', text: input.slice(0, -1) }
    : { do: 'insert', text: input };
