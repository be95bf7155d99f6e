import type { Mark, RichText } from '../../domain/rich-text.ts';
import { readMarkdown } from '../markdown.ts';
import { escaped } from './escape.ts';

/**
 * A text in Markdown as Discord shows it: marks by Discord's own signs, everything else literally. What a
 * link leads to stands behind its words. Longer than `most`, it is shown as it was written.
 */
export function marked(text: string, most: number): string {
  const { text: words, marks } = readMarkdown(text);
  const told = render(words, forestOf(marks), { from: 0, to: words.length });
  return told.length <= most ? told : escaped(text);
}

interface Tree {
  readonly mark: Mark;
  readonly inside: Tree[];
}

/** Marks lie inside each other or apart, outer ones first. */
function forestOf(marks: RichText['marks']): readonly Tree[] {
  const roots: Tree[] = [];
  const open: Tree[] = [];
  for (const mark of marks) {
    while ((open.at(-1)?.mark.to ?? mark.to) <= mark.from) open.pop();
    const tree = { mark, inside: [] };
    (open.at(-1)?.inside ?? roots).push(tree);
    open.push(tree);
  }
  return roots;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function render(text: string, trees: readonly Tree[], { from, to }: Stretch): string {
  let told = '';
  let at = from;
  for (const { mark, inside } of trees) {
    told += escaped(text.slice(at, mark.from));
    const inner = render(text, inside, mark);
    const isOnLine = mark.from === 0 || text[mark.from - 1] === '\n';
    told += signed(mark, { inner, raw: text.slice(mark.from, mark.to), isOnLine });
    at = mark.to;
  }
  return told + escaped(text.slice(at, to));
}

interface Marked {
  readonly inner: string;
  /** The words below the mark, as they are. */
  readonly raw: string;
  /** True where a line begins with them. */
  readonly isOnLine: boolean;
}

function signed(mark: Mark, { inner, raw, isOnLine }: Marked): string {
  switch (mark.kind) {
    case 'bold':
      return around('**', inner);
    case 'italic':
      return around('*', inner);
    case 'strike':
      return around('~~', inner);
    case 'heading':
      return isOnLine && !inner.includes('\n') ? `### ${inner}` : around('**', inner);
    case 'quote':
      return isOnLine ? inner.replace(/^/gm, '> ') : inner;
    case 'code':
      return raw.includes('`') || raw.trim() === '' ? inner : `\`${raw}\``;
    case 'block':
      return raw.includes('```') ? inner : `\`\`\`${languageOf(mark)}\n${raw}\n\`\`\``;
    case 'link':
      return raw === mark.url ? inner : `${inner} (${escaped(mark.url)})`;
  }
}

/** Signs stand beside words; beside blanks they would be something else, or nothing. */
const around = (sign: string, inner: string): string =>
  inner === '' || inner.trim() !== inner ? inner : `${sign}${inner}${sign}`;

/** Anything but a plain word could end the line, or be a first line of the code. */
const languageOf = ({ language = '' }: { readonly language?: string }): string =>
  /^[A-Za-z0-9+#-]{1,20}$/.test(language) ? language : '';
