import { clockTime } from '../../base/clock.ts';
import type { FeedPost } from '../../domain/feed-post.ts';
import { outsideLine, outsideLines } from '../text/outside.ts';
import { type Row, row, span, type Tone } from '../text/spans.ts';
import { clip } from '../text/wrap.ts';
import { wrapRow } from '../text/wrap-row.ts';

/** So many posts are kept in mind for the pane. */
export const MOST_POSTS = 50;
/** Rows of the pane, its head included. */
export const MOST_PANE = 12;

const TONES: Readonly<Record<FeedPost['kind'], Tone | undefined>> = {
  status: 'dim',
  insight: undefined,
  question: 'accent',
  alert: 'caution',
};

const BAR = 8;

/** `▰▰▰▱▱▱▱▱ 40 %`: how far something is. */
export function progressBar(progress: number): string {
  const full = Math.round(progress * BAR);
  return `${'▰'.repeat(full)}${'▱'.repeat(BAR - full)} ${Math.round(progress * 100)} %`;
}

/** True for what wants something of whoever reads it: it is shown whole, line by line. */
export const isWhole = ({ kind }: Pick<FeedPost, 'kind'>): boolean =>
  kind === 'alert' || kind === 'question';

const INDENT = '     ';

/** Whole where it wants something of whoever reads it; else one row, cut where it does not fit. */
function postRows(post: FeedPost, columns: number): readonly Row[] {
  const tone = TONES[post.kind];
  if (!isWhole(post)) return [[span(clip(postWords(post), columns - 1), tone)]];
  return outsideLines(post.text).flatMap((line, at) =>
    wrapRow([span(`${at === 0 ? postHead(post) : INDENT}${line}`, tone)], columns - 1),
  );
}

/** `10:02 #12 writer ▸ question: Which one?`, answers set in. */
export const postWords = (post: FeedPost): string => `${postHead(post)}${outsideLine(post.text)}`;

function postHead({ at, seq, author, kind, replyTo, progress }: FeedPost): string {
  const who = `${replyTo === undefined ? '' : '  '}${outsideLine(author)}`;
  const how = kind === 'status' ? '' : `${kind}: `;
  const far = progress === undefined ? '' : `${progressBar(progress)} `;
  return `${clockTime(at)} #${seq} ${who} ▸ ${far}${how}`;
}

/**
 * The newest posts that there is room for, the newest last, below one row that says what this is. Of one that is
 * longer its end is shown: there stands what can be done about it.
 */
export function paneRows(
  posts: readonly FeedPost[],
  { columns, most }: { readonly columns: number; readonly most: number },
): readonly Row[] {
  if (most < 2) return [];
  const head = row(
    clip('feed · Ctrl-T closes · answer: atom feed reply NUMBER', columns - 1),
    'strong',
  );
  const shown = posts.flatMap((post) => postRows(post, columns)).slice(-(most - 1));
  return [head, ...(shown.length > 0 ? shown : [row('Nothing was posted yet.', 'dim')])];
}

/** With one more, each once, the oldest forgotten. */
export const withPost = (posts: readonly FeedPost[], post: FeedPost): readonly FeedPost[] =>
  posts.some(({ seq }) => seq === post.seq) ? posts : [...posts, post].slice(-MOST_POSTS);
