import { clockTime } from '../../base/clock.ts';
import type { FeedPost } from '../../domain/feed-post.ts';
import { outsideLine } from '../text/outside.ts';
import { type Row, row, span, type Tone } from '../text/spans.ts';
import { clip } from '../text/wrap.ts';

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

/** One row, cut where it does not fit. */
const postRow = (post: FeedPost, columns: number): Row => [
  span(clip(postWords(post), columns - 1), TONES[post.kind]),
];

/** `10:02 #12 writer ▸ question: Which one?`, answers set in. */
export function postWords(post: FeedPost): string {
  const { at, seq, author, kind, text, replyTo, progress } = post;
  const who = `${replyTo === undefined ? '' : '  '}${outsideLine(author)}`;
  const how = kind === 'status' ? '' : `${kind}: `;
  const far = progress === undefined ? '' : `${progressBar(progress)} `;
  return `${clockTime(at)} #${seq} ${who} ▸ ${far}${how}${outsideLine(text)}`;
}

/** The newest posts that there is room for, the newest last, below one row that says what this is. */
export function paneRows(
  posts: readonly FeedPost[],
  { columns, most }: { readonly columns: number; readonly most: number },
): readonly Row[] {
  if (most < 2) return [];
  const head = row(
    clip('feed · Ctrl-T closes · answer: atom feed reply NUMBER', columns - 1),
    'strong',
  );
  const shown = posts.slice(-(most - 1)).map((post) => postRow(post, columns));
  return [head, ...(shown.length > 0 ? shown : [row('Nothing was posted yet.', 'dim')])];
}

/** With one more, each once, the oldest forgotten. */
export const withPost = (posts: readonly FeedPost[], post: FeedPost): readonly FeedPost[] =>
  posts.some(({ seq }) => seq === post.seq) ? posts : [...posts, post].slice(-MOST_POSTS);
