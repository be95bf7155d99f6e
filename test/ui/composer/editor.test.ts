import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete } from '../../../src/ui/composer/complete.ts';
import {
  type Draft,
  type Edit,
  edit,
  emptyDraft,
  restored,
  sent,
} from '../../../src/ui/composer/editor.ts';
import { composerRows } from '../../../src/ui/composer/rows.ts';
import { plain, widthOf } from '../../../src/ui/text/spans.ts';

const type = (text: string): Edit => ({ do: 'insert', text });
const play = (changes: readonly Edit[], from: Draft = emptyDraft): Draft =>
  changes.reduce(edit, from);
const does = (...names: Exclude<Edit['do'], 'insert'>[]): Edit[] =>
  names.map((name) => ({ do: name }));

describe('writing a message', () => {
  it('inserts where the cursor is', () => {
    expect(play([type('helo'), ...does('left'), type('l')])).toMatchObject({
      text: 'hello',
      cursor: 4,
    });
  });

  it('erases whole characters, however many code units they have', () => {
    expect(play([type('a👩‍👩‍👧é'), ...does('erase', 'erase')]).text).toBe('a');
    expect(play([type('👩‍👩‍👧b'), ...does('left', 'left')]).cursor).toBe(0);
  });

  it('goes to both ends of the row that the cursor is in', () => {
    const two = play([type('one\ntwo')]);
    expect(play(does('home'), two).cursor).toBe(4);
    expect(play(does('home', 'left', 'home'), two).cursor).toBe(0);
    expect(play(does('home', 'left', 'home', 'end'), two).cursor).toBe(3);
  });

  it('erases to the start, to the end, and a word', () => {
    const text = play([type('one two three')]);
    expect(play(does('erase-word'), text).text).toBe('one two ');
    expect(play(does('erase-word', 'erase-word'), text).text).toBe('one ');
    expect(play(does('erase-to-start'), text).text).toBe('');
    expect(play(does('home', 'right', 'erase-to-end'), text).text).toBe('o');
  });

  it('keeps the rows of a paste, whatever ends them', () => {
    expect(play([type('a\r\nb\rc\nd')]).text).toBe('a\nb\nc\nd');
  });

  it('moves between rows before it looks into history', () => {
    const draft = { ...play([type('long row\nab')]), history: ['before'], at: 1 };
    const up = play(does('up'), draft);
    expect(up).toMatchObject({ text: 'long row\nab', cursor: 2 });
    expect(play(does('down'), up)).toMatchObject({ text: 'long row\nab', cursor: 11 });
    expect(play(does('up'), up).text).toBe('before');
  });

  it('brings back what was sent, and the unfinished message after it', () => {
    const two = sent(play([type('two')], sent(play([type('one')]))));
    const draft = play([type('three')], two);
    expect(play(does('up'), draft).text).toBe('two');
    expect(play(does('up', 'up'), draft).text).toBe('one');
    expect(play(does('up', 'up', 'up'), draft).text).toBe('one');
    expect(play(does('up', 'up', 'down', 'down'), draft).text).toBe('three');
    expect(play(does('down'), draft).text).toBe('three');
  });

  it('remembers the same message twice in a row once', () => {
    expect(sent(play([type('a')], sent(play([type('a')])))).history).toEqual(['a']);
  });

  it('puts a message back that could not be sent, but not over a new one', () => {
    expect(restored(emptyDraft, 'again').text).toBe('again');
    expect(restored(play([type('new')]), 'again').text).toBe('new');
  });

  it('never leaves the cursor outside the text or inside a character', () => {
    const change = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 5 }).map(type),
      fc
        .constantFrom<Exclude<Edit['do'], 'insert'>[]>(
          ...(['left', 'right', 'home', 'end', 'up', 'down'] as const).map((name) => [name]),
          ['erase'],
          ['erase-word'],
          ['erase-to-start'],
          ['erase-to-end'],
        )
        .map(([name]): Edit => ({ do: name ?? 'clear' })),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const { text, cursor } = play(changes, { ...emptyDraft, history: ['x\ny'], at: 1 });
        expect(cursor).toBeGreaterThanOrEqual(0);
        expect(cursor).toBeLessThanOrEqual(text.length);
        expect(/[\uD800-\uDBFF]$/.test(text.slice(0, cursor))).toBe(false);
      }),
    );
  });
});

describe('the composer on the screen', () => {
  const look = { columns: 20, maxRows: 3, focused: true };
  const rows = (text: string, over: Partial<typeof look> = {}): string[] =>
    composerRows(play([type(text)]), { ...look, ...over }).map(plain);

  it('shows the prompt and the cursor behind the text', () => {
    expect(rows('hi')).toEqual(['› hi ']);
    expect(rows('hi', { focused: false })).toEqual(['› hi']);
  });

  it('breaks long messages and keeps the row with the cursor in sight', () => {
    expect(rows('x'.repeat(40))).toEqual([
      `› ${'x'.repeat(17)}`,
      `  ${'x'.repeat(17)}`,
      '  xxxxxx ',
    ]);
    expect(rows('1\n2\n3\n4\n5')).toEqual(['  3', '  4', '  5 ']);
  });

  it('never draws wider than the terminal, and shows what is hidden', () => {
    expect(rows('a\u202Eb')).toEqual(['› a⟦U+202E⟧b ']);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const drawn = composerRows(play([type(text)]), { columns: 24, maxRows: 4, focused: true });
        expect(drawn.length).toBeLessThanOrEqual(4);
        for (const spans of drawn) expect(widthOf(spans)).toBeLessThanOrEqual(24);
      }),
    );
  });
});

describe('a command that was begun', () => {
  it.each([
    ['/he', '/help ', []],
    ['/pan', '/panic ', []],
    ['/s', '/s', ['stop', 'sessions', 'status', 'skills', 'skill', 'search']],
    ['/sea', '/search ', []],
    ['/sk', '/skill', []],
    ['/skill', '/skill', ['skills', 'skill']],
    ['/un', '/un', ['unpin', 'undo']],
  ])('%s is written out as %s', (begun, written, open) => {
    const completed = complete(play([type(begun)]));
    expect(completed?.draft).toMatchObject({ text: written, cursor: written.length });
    expect(completed?.open.map((line) => /^\/(\w+)/.exec(plain(line))?.[1])).toEqual(open);
  });

  it.each(['', 'he', '/xyz', '/help me', 'see /he'])('is not one in “%s”', (text) => {
    expect(complete(play([type(text)]))).toBeUndefined();
  });

  it('is left alone with the cursor inside it', () => {
    expect(complete(play([type('/he'), ...does('left')]))).toBeUndefined();
  });
});
