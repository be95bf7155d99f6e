import { readEntities } from './html-entities.ts';
import { attribute, type HtmlToken, htmlTokens } from './html-tokens.ts';

/** A page for people and models. */
export interface PageText {
  /** Empty where the page has none. */
  readonly title: string;
  /** Paragraphs, `# ` headings, `- ` lists, tables by ` | `, links as `words (address)`. */
  readonly text: string;
  /** True where it is cut. */
  readonly truncated: boolean;
}

/** So much text is written of a page: what stands in few characters of it may become a thousand. */
export const MOST_TEXT = 262_144;

/** The text of an HTML page; `base` is what its links are relative to. Never fails, whatever it is given. */
export function htmlText(html: string, base: string): PageText {
  const page = new Page(base);
  for (const token of htmlTokens(html))
    if (page.isFull) break;
    else page.take(token);
  return page.end();
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
/** Nobody who looks at a page reads what is in them. */
const UNSEEN = words(
  'script style noscript template svg math iframe object canvas select datalist',
);
const BLOCKS = words(
  'p div section article main header footer nav aside figure figcaption blockquote ul ol dl dt dd table tbody thead form fieldset address details summary hgroup pre body',
);
const VOID = words('br hr img input meta link source wbr area base col embed track');
const MOST_TITLE = 300;
/** Longer ones say nothing to anybody, and a long one of the page would be in each of its links. */
const MOST_ADDRESS = 500;
/** Each address takes a moment to read. */
const MOST_LINKS = 10_000;

/** What is open and what was written so far. */
class Page {
  readonly #base: string;
  readonly #lines: string[] = [];
  readonly #line = new Line();
  #title: string | undefined;
  /** What is not seen, by the names that have to close. */
  readonly #unseen: string[] = [];
  #pre = 0;
  #inTitle = false;
  #links = 0;
  #link: { readonly href: string; readonly from: number } | undefined;

  constructor(base: string) {
    this.#base = base;
  }

  take(token: HtmlToken): void {
    if (token.kind === 'text') this.#text(readEntities(token.text));
    else if (token.kind === 'close') this.#close(token.name);
    else this.#open(token.name, token.attributes);
  }

  get isFull(): boolean {
    return this.#line.written + this.#lines.length > MOST_TEXT;
  }

  end(): PageText {
    this.#break();
    const text = this.#lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
    return {
      title: (this.#title ?? '').slice(0, MOST_TITLE),
      text: text.slice(0, MOST_TEXT).toWellFormed(),
      truncated: this.isFull || text.length > MOST_TEXT,
    };
  }

  #text(text: string): void {
    if (this.#inTitle) this.#title ??= text.replace(/\s+/g, ' ').trim();
    else if (this.#unseen.length > 0) return;
    else if (this.#pre === 0) this.#line.flow(text);
    else {
      const [first = '', ...more] = text.slice(0, MOST_TEXT + 1).split('\n');
      this.#line.put(first);
      for (const line of more) {
        this.#lines.push(this.#line.take());
        this.#line.put(line);
      }
    }
  }

  #open(name: string, attributes: string): void {
    if (name === 'title') this.#inTitle = this.#unseen.length === 0;
    // Within what is not seen, only the same name has to be told apart from its own end.
    if (this.#unseen.length > 0) {
      if (this.#unseen.at(-1) === name && !VOID.has(name)) this.#unseen.push(name);
    } else if (!VOID.has(name) && (UNSEEN.has(name) || isHidden(attributes)))
      this.#unseen.push(name);
    else this.#show(name, attributes);
  }

  #show(name: string, attributes: string): void {
    if (name === 'a') this.#startLink(attributes);
    else if (name === 'img') this.#image(attribute(attributes, 'alt') ?? '');
    else if (name === 'br' || name === 'tr') this.#break();
    else if (name === 'td' || name === 'th') this.#line.part();
    else if (name === 'li') this.#mark('- ');
    else if (HEADING.test(name)) {
      this.#paragraph();
      this.#mark(`${'#'.repeat(Number(name.charAt(1)))} `);
    } else if (name === 'hr') {
      this.#paragraph();
      this.#lines.push('---', '');
    } else if (BLOCKS.has(name)) this.#paragraph();
    if (name === 'pre') this.#pre += 1;
  }

  #close(name: string): void {
    if (name === 'title') this.#inTitle = false;
    if (this.#unseen.length > 0) {
      if (this.#unseen.at(-1) === name) this.#unseen.pop();
      return;
    }
    if (name === 'a') this.#endLink();
    if (name === 'pre') this.#pre = Math.max(0, this.#pre - 1);
    if (HEADING.test(name) || BLOCKS.has(name)) this.#paragraph();
  }

  #startLink(attributes: string): void {
    this.#endLink();
    const href = readEntities(attribute(attributes, 'href') ?? '');
    if (href === '' || href.startsWith('#') || href.length > MOST_ADDRESS) return;
    if (++this.#links > MOST_LINKS) return;
    const url = URL.parse(href, this.#base);
    if (url && /^https?:$/.test(url.protocol) && url.href.length <= MOST_ADDRESS)
      this.#link = { href: url.href, from: this.#line.length };
  }

  /** The address behind the words, unless it is the words; a link over several lines has none. */
  #endLink(): void {
    const link = this.#link;
    this.#link = undefined;
    if (!link) return;
    const said = this.#line.since(link.from).trim();
    if (said !== '' && !link.href.includes(said)) this.#line.put(` (${link.href})`);
  }

  #image(alt: string): void {
    const said = readEntities(alt).trim();
    if (said !== '') this.#line.flow(`[${said}]`);
  }

  #mark(mark: string): void {
    this.#break();
    this.#line.put(mark);
  }

  #paragraph(): void {
    this.#break();
    if (this.#line.length === 0 && this.#lines.at(-1) !== '') this.#lines.push('');
  }

  #break(): void {
    const line = this.#line.take();
    this.#link = undefined;
    // Of a list item that holds a paragraph the mark stays before it.
    if (/^(-|#{1,6})$/.test(line)) this.#line.put(`${line} `);
    else if (line !== '') this.#lines.push(line);
  }
}

/** The line that is being written. In pieces: of one string, each addition would cost its whole length. */
class Line {
  #pieces: string[] = [];
  /** Characters, of this line and all before it. */
  written = 0;

  get length(): number {
    return this.#pieces.length;
  }

  put(text: string): void {
    if (text === '') return;
    this.#pieces.push(text);
    this.written += text.length;
  }

  /** Adds text whose white space means no more than one space. */
  flow(text: string): void {
    const flat = text.replace(/\s+/g, ' ');
    const last = this.#pieces.at(-1)?.at(-1) ?? ' ';
    this.put(/\s/.test(last) ? flat.trimStart() : flat);
  }

  /** Begins another cell of a table. */
  part(): void {
    if (this.#pieces.length > 0) this.put(' | ');
  }

  since(piece: number): string {
    return this.#pieces.slice(piece).join('');
  }

  take(): string {
    const line = this.#pieces.join('').trimEnd();
    this.#pieces = [];
    return line;
  }
}

const HEADING = /^h[1-6]$/;

const isHidden = (attributes: string): boolean =>
  /hidden|display|font-size/i.test(attributes) &&
  (attribute(attributes, 'hidden') !== undefined ||
    attribute(attributes, 'aria-hidden')?.toLowerCase() === 'true' ||
    /display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|font-size\s{0,9}:\s{0,9}0(?![.\d])/i.test(
      attribute(attributes, 'style') ?? '',
    ));
