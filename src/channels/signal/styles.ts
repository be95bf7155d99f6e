import type { SendRequest } from '../../domain/channel.ts';
import type { Mark, RichText } from '../../domain/rich-text.ts';

/** A text as Signal shows it: what it cannot style is said in the words. */
export interface Styled {
  readonly text: string;
  /** `start:length:STYLE`, in UTF-16 units, as signal-cli takes them. */
  readonly styles: readonly string[];
}

const STYLES: Readonly<Partial<Record<Mark['kind'], string>>> = {
  bold: 'BOLD',
  heading: 'BOLD',
  italic: 'ITALIC',
  strike: 'STRIKETHROUGH',
  code: 'MONOSPACE',
  block: 'MONOSPACE',
};
/** More than a person would read, and less than phones refuse. */
const MOST_STYLES = 250;

/** What a message says, styled where it is Markdown; its reader is loaded with the first of those. */
export async function styledWords({
  text,
  format,
}: Pick<SendRequest, 'text' | 'format'>): Promise<Styled> {
  if (format !== 'markdown') return { text, styles: [] };
  const { readMarkdown } = await import('../markdown.ts');
  return styled(readMarkdown(text));
}

/** Quotes get a sign before each of their lines, and links their address behind the words. */
export function styled({ text, marks }: RichText): Styled {
  const added = marks
    .flatMap((mark) => addedFor(mark, text))
    .toSorted((one, other) => one.at - other.at);
  const shift = (counts: (at: number) => boolean): number =>
    added.reduce((sum, { at, words }) => sum + (counts(at) ? words.length : 0), 0);
  const styles = marks.slice(0, MOST_STYLES).flatMap(({ kind, from, to }) => {
    const start = from + shift((at) => at <= from);
    const length = to + shift((at) => at < to) - start;
    return STYLES[kind] !== undefined && length > 0 ? [`${start}:${length}:${STYLES[kind]}`] : [];
  });
  return { text: withAdded(text, added), styles };
}

interface Added {
  readonly at: number;
  readonly words: string;
}

function addedFor(mark: Mark, text: string): readonly Added[] {
  const marked = text.slice(mark.from, mark.to);
  if (mark.kind === 'link')
    return marked === mark.url || `mailto:${marked}` === mark.url
      ? []
      : [{ at: mark.to, words: ` (${mark.url})` }];
  if (mark.kind !== 'quote') return [];
  const breaks = [...marked.matchAll(/\n(?!$)/g)].map(({ index }) => mark.from + index + 1);
  return [mark.from, ...breaks].map((at) => ({ at, words: '> ' }));
}

function withAdded(text: string, added: readonly Added[]): string {
  let done = 0;
  const parts = added.map(({ at, words }) => {
    const part = text.slice(done, at) + words;
    done = at;
    return part;
  });
  return parts.join('') + text.slice(done);
}
