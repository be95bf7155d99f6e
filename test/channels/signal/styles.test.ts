import { expect, it } from 'vitest';
import { styled } from '../../../src/channels/signal/styles.ts';
import type { MarkKind, RichText } from '../../../src/domain/rich-text.ts';

/** Marks the given words of a text, each where it stands first. */
const rich = (text: string, ...marked: readonly [string, MarkKind][]): RichText => ({
  text,
  marks: marked.map(([words, kind]) => {
    const from = text.indexOf(words);
    return { from, to: from + words.length, ...kind };
  }),
});

/** The words under each style. */
const read = (given: RichText) => {
  const { text, styles } = styled(given);
  const under = styles.map((style) => {
    const [start = 0, length = 0] = style.split(':').map(Number);
    return [text.slice(start, start + length), style.split(':')[2]];
  });
  return { text, under };
};

it('leaves a text without marks as it is', () => {
  expect(styled({ text: '**a** <b>', marks: [] })).toEqual({ text: '**a** <b>', styles: [] });
});

it('styles words where they stand, also behind emoji', () => {
  const given = rich(
    '😀 bold it gone code',
    ['bold', { kind: 'bold' }],
    ['it', { kind: 'italic' }],
  );
  expect(styled(given).styles).toEqual(['3:4:BOLD', '8:2:ITALIC']);
  expect(
    read(rich('gone code', ['gone', { kind: 'strike' }], ['code', { kind: 'code' }])).under,
  ).toEqual([
    ['gone', 'STRIKETHROUGH'],
    ['code', 'MONOSPACE'],
  ]);
});

it('says the address of a link, unless its words are the address', () => {
  const url = 'https://example.org/x';
  const given = rich(
    'see here and there',
    ['here', { kind: 'link', url }],
    ['there', { kind: 'bold' }],
  );
  expect(read(given)).toEqual({
    text: `see here (${url}) and there`,
    under: [['there', 'BOLD']],
  });
  expect(read(rich(url, [url, { kind: 'link', url }])).text).toBe(url);
  const mail = rich('a@b.org', ['a@b.org', { kind: 'link', url: 'mailto:a@b.org' }]);
  expect(read(mail).text).toBe('a@b.org');
  const both = rich('go here', ['here', { kind: 'bold' }], ['here', { kind: 'link', url }]);
  expect(read(both)).toEqual({ text: `go here (${url})`, under: [['here', 'BOLD']] });
});

it('puts a sign before each line of a quote', () => {
  const given = rich(
    'before\none\ntwo\nafter',
    ['one\ntwo', { kind: 'quote' }],
    ['two', { kind: 'bold' }],
    ['after', { kind: 'italic' }],
  );
  expect(read(given)).toEqual({
    text: 'before\n> one\n> two\nafter',
    under: [
      ['two', 'BOLD'],
      ['after', 'ITALIC'],
    ],
  });
});
