import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** What the build makes of Ink and of what it stands on. */
interface Built {
  readonly stringWidth: typeof stringWidth;
  readonly renderToString: typeof import('ink').renderToString;
  readonly Text: typeof import('ink').Text;
  readonly createElement: typeof import('react').createElement;
}

let folder: string;
let built: Built;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'atom-ink-'));
  const { inkPlugins } = await import(pathToFileURL(join(root, '.config', 'ink.js')).href);
  const outfile = join(folder, 'built.cjs');
  await build({
    stdin: {
      contents: `export { default as stringWidth } from 'string-width';
        export { renderToString, Text } from 'ink';
        export { createElement } from 'react';`,
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    plugins: inkPlugins,
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  built = (await import(pathToFileURL(outfile).href)) as Built;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('Ink, as it is built', () => {
  it('takes each character for as wide as before', () => {
    const marks = ['', '\uFE0F', '\uFE0F\u20E3', '\u20E3', '\u{1F3FD}'];
    const all = Array.from({ length: 0x20000 }, (_, code) => String.fromCodePoint(code));
    const emoji = all.filter((one) => /\p{Emoji}/u.test(one));
    const others = all.filter((_, code) => code % 331 === 0);
    const texts = emoji.flatMap((one) => marks.map((mark) => one + mark)).concat(others);
    expect(texts.filter((text) => built.stringWidth(text) !== stringWidth(text))).toEqual([]);
  });

  it('takes each joined emoji for as wide as before', () => {
    for (const text of ['👩‍🚀', '👨‍👩‍👧', '🇩🇪', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '❤️‍🔥', '❤‍🔥', '#️⃣', '1⃣', 'a 👍🏽 b', '한국'])
      expect([text, built.stringWidth(text)]).toEqual([text, stringWidth(text)]);
  });

  it('lays out', () => {
    const { createElement, renderToString, Text } = built;
    const text = createElement(Text, { wrap: 'hard' }, 'one and two');
    expect(renderToString(text, { columns: 7 })).toBe('one and\n two');
  });
});
