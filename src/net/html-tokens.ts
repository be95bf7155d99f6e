/** A piece of HTML; a tag with the attributes that somebody reads it for. */
export type HtmlToken =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'open'; readonly name: string; readonly attributes: string }
  | { readonly kind: 'close'; readonly name: string };

/** What is in them is no markup. */
const RAW: ReadonlySet<string> = new Set([
  'script',
  'style',
  'textarea',
  'title',
  'noscript',
  'xmp',
]);

/**
 * Takes HTML apart as browsers do where it is sound, and without failing where it is not. Every character
 * is passed once, whatever it is: an end that is missing ends the text.
 */
export function* htmlTokens(html: string): Generator<HtmlToken> {
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    yield* textOf(html, at, open < 0 ? html.length : open);
    if (open < 0) return;
    const after = skipped(html, open);
    const tag = after === undefined ? tagAt(html, open) : undefined;
    at = after ?? tag?.end ?? open + 1;
    if (tag) yield tag.token;
    else if (after === undefined) yield { kind: 'text', text: '<' };
    if (tag?.token.kind !== 'open' || !RAW.has(tag.token.name)) continue;
    const end = rawEnd(html, tag.token.name, at);
    yield* textOf(html, at, end);
    at = end;
  }
}

function* textOf(html: string, from: number, to: number): Generator<HtmlToken> {
  if (to > from) yield { kind: 'text', text: html.slice(from, to) };
}

/** Where the end of an element begins that holds no markup. */
function rawEnd(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}`, 'gi');
  end.lastIndex = from;
  return end.exec(html)?.index ?? html.length;
}

/** Behind a comment, a doctype or an instruction that begins here. */
function skipped(html: string, at: number): number | undefined {
  const isComment = html.startsWith('<!--', at);
  if (!isComment && !/[!?]/.test(html.charAt(at + 1))) return undefined;
  const end = isComment ? html.indexOf('-->', at + 4) : html.indexOf('>', at);
  if (end < 0) return html.length;
  return end + (isComment ? 3 : 1);
}

const NAME = /[a-z][^\s/>]{0,40}/iy;

function tagAt(
  html: string,
  at: number,
): { readonly token: HtmlToken; readonly end: number } | undefined {
  const closing = html.charAt(at + 1) === '/';
  NAME.lastIndex = at + (closing ? 2 : 1);
  const name = NAME.exec(html)?.[0];
  if (name === undefined) return undefined;
  const end = tagEnd(html, NAME.lastIndex);
  const attributes = html.slice(NAME.lastIndex, end - 1);
  const token = closing
    ? ({ kind: 'close', name: name.toLowerCase() } as const)
    : ({ kind: 'open', name: name.toLowerCase(), attributes } as const);
  return { token, end };
}

/** Behind the `>` that is in no quotes. */
function tagEnd(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length; at++) {
    const char = html.charAt(at);
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '>') return at + 1;
    else if ((char === '"' || char === "'") && /[=\s]/.test(html.charAt(at - 1))) quote = char;
  }
  return html.length;
}

/** The value of an attribute, its entities as they are; undefined where it is not there. */
export function attribute(attributes: string, name: string): string | undefined {
  for (const [, key = '', , twice, once, bare] of attributes.slice(0, 8192).matchAll(ATTRIBUTE))
    if (key.toLowerCase() === name) return twice ?? once ?? bare ?? '';
  return undefined;
}

const ATTRIBUTE = /([^\s"'<>/=]{1,80})(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+)))?/g;
