import type { MarkedToken, Token, Tokens } from 'marked';
import type { RichText } from '../domain/rich-text.ts';
import { tokensOf } from './markdown/lexer.ts';
import { linkTo } from './markdown/link.ts';
import { createPage, type Page } from './markdown/page.ts';
import { tableLines } from './markdown/table.ts';

/** Longer than any message of a platform. What is longer is not read but shown as it was written. */
const MOST = 8192;

/**
 * Reads Markdown as GitHub knows it. Tables become aligned lines; HTML, and links to anything but the web
 * and mail, stay as they were written. Never throws: what cannot be read is a text without marks.
 */
export function readMarkdown(text: string): RichText {
  const plain: RichText = { text, marks: [] };
  if (text.length > MOST) return plain;
  try {
    const page = createPage();
    writeBlocks(page, tokensOf(text));
    return page.text.trim() === '' ? plain : { text: page.text, marks: page.marks };
  } catch {
    // The library gave up on it: the words are still there to be read.
    return plain;
  }
}

/** Blocks keep the empty lines that were between them. */
function writeBlocks(page: Page, tokens: readonly Token[]): void {
  let between: string | undefined;
  for (const token of tokens) {
    if (token.type !== 'space') {
      if (between !== undefined) page.say(gap(between));
      write(page, token);
      between = '';
    }
    between += spaceAfter(token);
    // A box is ticked on the line of its words.
    if (token.type === 'checkbox') between = undefined;
  }
}

const spaceAfter = ({ raw }: Token): string => raw.slice(raw.trimEnd().length);

const gap = (space: string): string => (space.split('\n').length > 2 ? '\n\n' : '\n');

function writeInline(page: Page, tokens: readonly Token[]): void {
  for (const token of tokens) write(page, token);
}

function write(page: Page, token: Token): void {
  const writer = WRITERS[token.type as MarkedToken['type']] as Writer<Token> | undefined;
  if (writer) writer(page, token);
  else page.say(token.raw);
}

type Writer<T> = (page: Page, token: T) => void;

const inline =
  (kind: 'bold' | 'italic' | 'strike' | 'heading'): Writer<{ readonly tokens: Token[] }> =>
  (page, { tokens }) =>
    page.marked({ kind }, () => writeInline(page, tokens));

/** What is not named here is shown as it was written. */
const WRITERS: {
  readonly [T in MarkedToken['type']]?: Writer<Extract<MarkedToken, { readonly type: T }>>;
} = {
  heading: inline('heading'),
  paragraph: (page, { tokens }) => writeInline(page, tokens),
  blockquote: (page, { tokens }) => page.marked({ kind: 'quote' }, () => writeBlocks(page, tokens)),
  list: writeList,
  code: writeCode,
  table: (page, table) => page.marked({ kind: 'block' }, () => page.block(tableLines(table))),
  hr: (page) => page.say('———'),
  strong: inline('bold'),
  em: inline('italic'),
  del: inline('strike'),
  codespan: (page, { text }) => page.marked({ kind: 'code' }, () => page.say(text)),
  link: writeLink,
  image: writeLink,
  checkbox: (page, { checked }) => page.say(checked ? '☑ ' : '☐ '),
  br: (page) => page.say('\n'),
  escape: (page, { text }) => page.say(text),
  text: (page, { text, tokens }) =>
    tokens ? writeInline(page, tokens) : page.say(withoutNames(text)),
};

function writeList(page: Page, { items, ordered, start }: Tokens.List): void {
  for (const [at, item] of items.entries()) {
    const before = items[at - 1];
    if (before) page.say(gap(spaceAfter(before)));
    const bullet = ordered ? `${Number(start) + at}. ` : '• ';
    page.say(bullet);
    page.indented(' '.repeat(bullet.length), () => writeBlocks(page, item.tokens));
  }
}

function writeCode(page: Page, { text, lang, raw }: Tokens.Code): void {
  const [language = ''] = (lang ?? '').split(/\s/, 1);
  const named = /^[\w+#.-]{1,32}$/.test(language) ? { language } : {};
  // One that holds nothing has nothing but its fences to show.
  const code = text.trimEnd() === '' ? raw.trimEnd() : text.replace(/\n+$/, '');
  page.marked({ kind: 'block', ...named }, () => page.block(code));
}

function writeLink(page: Page, token: Tokens.Link | Tokens.Image): void {
  const words = createPage();
  writeInline(words, token.tokens);
  const url = linkTo(token.href, words.text);
  if (url === undefined) page.say(token.raw);
  else
    page.marked({ kind: 'link', url }, () =>
      token.text.trim() === '' ? page.say(url) : writeInline(page, token.tokens),
    );
}

const NAMED: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': '\u00a0',
};

/** Models write some signs by the names that they have in HTML. */
const withoutNames = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (name) => NAMED[name] ?? name);
