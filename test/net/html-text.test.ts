import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlText, MOST_TEXT } from '../../src/net/html-text.ts';
import { readText } from '../../src/net/text.ts';

const textOf = (html: string): string => htmlText(html, 'https://e.example/a/').text;

describe('the text of a page', () => {
  it.each([
    ['<p>One<p>Two', 'One\n\nTwo'],
    ['a <b>bold</b>   word\n and <i>more</i>', 'a bold word and more'],
    ['<h2>Head</h2>text', '## Head\n\ntext'],
    ['<ul><li>a<li><p>b</p></ul>c', '- a\n- b\n\nc'],
    ['<table><tr><th>a<th>b<tr><td>c<td>d</table>', 'a | b\nc | d'],
    ['<pre>x\n  y</pre>z', 'x\n  y\n\nz'],
    ['a<br>b<hr>c', 'a\nb\n\n---\n\nc'],
    ['<a href="../b?x=1&amp;y=2">there</a>', 'there (https://e.example/b?x=1&y=2)'],
    ['<a href="https://x.example/">https://x.example/</a>', 'https://x.example/'],
    ['<a href="javascript:alert(1)">click</a> <a href="#top">up</a>', 'click up'],
    ['<img alt="a cat" src=x><img src=y>', '[a cat]'],
    ['&lt;b&gt; &amp; &#x41;&#66; &eacute; &nosuch; &#0;', '<b> & AB é &nosuch; \ufffd'],
    ['1 < 2 and <3', '1 < 2 and <3'],
    ['<script>if (a < b) "</p>"</script>x<style>p{}</style>', 'x'],
    ['<!-- no > --> <!DOCTYPE html>x<!-- no end', 'x'],
    ['<div hidden><div>no</div>no</div>yes', 'yes'],
    ['<p style="color:red;display:none">no</p><p aria-hidden=true>no</p>yes', 'yes'],
    ['<svg><title>no</title><text>no</text></svg>yes', 'yes'],
    ['<p title="a > b">yes', 'yes'],
    ['<p title=">yes', ''],
    ['', ''],
  ])('%j', (html, text) => expect(textOf(html)).toBe(text));

  it('has the title of the page, once and in one line', () => {
    const html = '<title> A\n &amp; B </title><title>other</title>x';
    expect(htmlText(html, 'https://e.example/')).toEqual({
      title: 'A & B',
      text: 'x',
      truncated: false,
    });
  });

  it('is as long as it may be, and says where it is cut', () => {
    const long = htmlText('<title>T</title><td><td><p>x'.repeat(60_000), 'https://e.example/');
    expect(long).toMatchObject({ title: 'T', truncated: true });
    expect(long.text.length).toBeLessThanOrEqual(MOST_TEXT);
    const base = `https://e.example/${'p'.repeat(400)}/`;
    const { text, truncated } = htmlText('<a href=x>y</a>'.repeat(10_000), base);
    expect(truncated).toBe(true);
    expect(text).toHaveLength(MOST_TEXT);
    expect(htmlText(`<pre>${'\n'.repeat(MOST_TEXT + 9)}`, base).truncated).toBe(true);
    expect(textOf('<a href=x>y</a>'.repeat(9_999))).toMatch(/\/x\)$/);
    expect(textOf('<a href=x>y</a>'.repeat(10_001))).toMatch(/\/x\)y$/);
  });

  it('has no address that is too long to say anything', () => {
    expect(textOf(`<a href="${'x'.repeat(600)}">a</a>`)).toBe('a');
    expect(htmlText('<a href=x>a</a>', `https://e.example/${'p'.repeat(600)}/`).text).toBe('a');
  });

  it('is there for anything at all, and soon', () => {
    const piece = fc.constantFrom(
      ...['<', '>', '</', '<a href="', '"', "'", '<p', '<!--', '-->', '<pre>', '</pre>', '&#', ';'],
      ...['<script>', '<title>', '\n', ' ', 'x', 'İ', '<li>', '<td>', '</a>', '<div hidden>'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(typeof textOf(pieces.join(''))).toBe('string');
      }),
    );
    for (const part of ['a<b>', '<a href=x>y', '<li>', '<!--', '<a ']) textOf(part.repeat(20_000));
  });
});

describe('what is text', () => {
  const served = (type: string) =>
    ({ type, base: 'https://e.example/', form: 'readable' }) as const;
  it.each([
    ['text/plain; charset=utf-16le', Buffer.from('hé', 'utf16le'), 'text', 'hé'],
    ['text/plain', Buffer.from('\ufeffhé'), 'text', 'hé'],
    ['text/html', Buffer.from('<meta charset="windows-1252">\x80', 'latin1'), 'page', '€'],
    ['text/plain; charset=nonsense', Buffer.from('hé'), 'text', 'hé'],
    ['application/ld+json', Buffer.from('{}'), 'text', '{}'],
    ['text/plain', Buffer.from('a\0b'), 'other', 'text/plain, 3 bytes: neither'],
    ['image/png', Buffer.from('x'), 'other', 'image/png, 1 byte: neither'],
    ['text/html', Buffer.alloc(0), 'text', ''],
  ] as const)('%s', (type, bytes, kind, text) => {
    const read = readText(bytes, served(type));
    expect(read.kind).toBe(kind);
    expect(read.text).toContain(text);
  });
});
