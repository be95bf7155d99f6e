import type { Mark, RichText } from '../../domain/rich-text.ts';

/**
 * Words as Slack's `rich_text` block. Its texts are shown as they are: nothing in them is read as markup,
 * as a mention or as a link. Source: docs.slack.dev/reference/block-kit/blocks/rich-text-block.
 */
export interface RichBlock {
  readonly type: 'rich_text';
  readonly elements: readonly RichPart[];
}

type RichPart =
  | { readonly type: 'rich_text_section' | 'rich_text_quote'; readonly elements: readonly Piece[] }
  | { readonly type: 'rich_text_preformatted'; readonly elements: readonly Piece[] };

type Piece =
  | { readonly type: 'text'; readonly text: string; readonly style?: Style }
  | { readonly type: 'link'; readonly url: string; readonly text: string; readonly style?: Style };

type Style = Readonly<Partial<Record<'bold' | 'italic' | 'strike' | 'code', true>>>;

/** The block that shows a text with its marks. */
export function richBlock({ text, marks }: RichText): RichBlock {
  const parts: RichPart[] = [];
  let at = 0;
  for (const mark of marks.filter(isApart)) {
    if (mark.from < at) continue;
    parts.push(...section('rich_text_section', { text, marks }, at, mark.from));
    parts.push(...apart({ text, marks }, mark));
    at = mark.to;
  }
  parts.push(...section('rich_text_section', { text, marks }, at, text.length));
  return { type: 'rich_text', elements: parts };
}

/** What stands in lines of its own. */
const isApart = ({ kind }: Mark): boolean => kind === 'block' || kind === 'quote';

function apart(rich: RichText, { kind, from, to }: Mark): readonly RichPart[] {
  if (kind === 'quote') return section('rich_text_quote', rich, from, to);
  const text = rich.text.slice(from, to);
  return text === ''
    ? []
    : [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text }] }];
}

function section(
  type: 'rich_text_section' | 'rich_text_quote',
  { text, marks }: RichText,
  from: number,
  to: number,
): readonly RichPart[] {
  const inside = marks.filter((mark) => mark.from < to && mark.to > from && !isApart(mark));
  const edges = [from, to, ...inside.flatMap((mark) => [mark.from, mark.to])]
    .filter((edge) => edge >= from && edge <= to)
    .sort((a, b) => a - b);
  const pieces = edges.flatMap((edge, index) => {
    const next = edges[index + 1] ?? edge;
    const words = text.slice(edge, next);
    return words === '' ? [] : [piece(words, inside.filter(covers(edge, next)))];
  });
  return pieces.length === 0 ? [] : [{ type, elements: pieces }];
}

const covers =
  (from: number, to: number) =>
  (mark: Mark): boolean =>
    mark.from <= from && mark.to >= to;

const STYLES: Readonly<Partial<Record<Mark['kind'], keyof Style>>> = {
  bold: 'bold',
  heading: 'bold',
  italic: 'italic',
  strike: 'strike',
  code: 'code',
};

function piece(text: string, marks: readonly Mark[]): Piece {
  const names = marks.flatMap(({ kind }) => STYLES[kind] ?? []);
  const style =
    names.length === 0 ? {} : { style: Object.fromEntries(names.map((n) => [n, true])) };
  const link = marks.find((mark) => mark.kind === 'link');
  return link?.kind === 'link'
    ? { type: 'link', url: link.url, text, ...style }
    : { type: 'text', text, ...style };
}
