import type { FeedPost } from '../domain/feed-post.ts';

/** One line of a post, as people are told it in a chat: `#12 writer, question: Which one? (40 %)`. */
export function postLine(post: FeedPost): string {
  const { seq, author, kind, text, replyTo, progress } = post;
  const answers = replyTo === undefined ? '' : ` ↳ #${replyTo}`;
  const how = kind === 'status' ? '' : `, ${kind}`;
  const far = progress === undefined ? '' : ` (${Math.round(progress * 100)} %)`;
  return `#${seq}${answers} ${author}${how}: ${shortened(text)}${far}`;
}

/** The latest posts for a chat, the newest last. */
export const latestWords = (newest: readonly FeedPost[]): string =>
  newest.length === 0
    ? 'Nothing was posted yet.'
    : [...newest.toReversed().map(postLine), 'More: atom feed'].join('\n');

const MOST_LINE = 200;
const MOST_EACH = 5;

/** The last day in one message: what needs somebody first, then who did how much. Undefined where nothing was. */
export function digestWords(posts: readonly FeedPost[]): string | undefined {
  if (posts.length === 0) return undefined;
  const lines = (['alert', 'question', 'insight'] as const).flatMap((kind) => {
    const these = posts.filter((post) => post.kind === kind && post.replyTo === undefined);
    const more = these.length - MOST_EACH;
    return [
      ...these.slice(0, MOST_EACH).map(postLine),
      ...(more > 0 ? [`… and ${more} more: atom feed --kind ${kind}`] : []),
    ];
  });
  const by = Object.entries(Object.groupBy(posts, ({ author }) => author)).map(
    ([author, these = []]) => `${author}: ${sumOf(these)}`,
  );
  return ['The feed of the last day.', ...lines, ...by, 'All of it: atom feed'].join('\n');
}

function sumOf(posts: readonly FeedPost[]): string {
  const ended = posts.filter(({ about }) => about === 'turn.ended').length;
  const failed = posts.filter(({ about }) => about === 'turn.failed').length;
  const said = posts.filter(({ about }) => about === undefined).length;
  const sums = [
    ...(ended > 0 ? [`${ended} finished`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(said > 0 ? [`${said} ${said === 1 ? 'post' : 'posts'}`] : []),
  ];
  return sums.length > 0 ? sums.join(', ') : 'at work';
}

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= MOST_LINE ? line : `${line.slice(0, MOST_LINE - 1).toWellFormed()}…`;
};
