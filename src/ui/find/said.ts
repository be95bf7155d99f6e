import type { FeedPost } from '../../domain/feed-post.ts';
import { postWords } from '../feed/feed-rows.ts';
import { plain, type Row } from '../text/spans.ts';

/** What was printed above, a line each, the newest last: only as long as this terminal is open. */
export interface Said {
  add(rows: readonly Row[]): void;
  lines(): readonly string[];
}

/** Older lines are forgotten. */
const MOST_LINES = 5_000;
/** Forgetting moves all the others, so it is done for many at once. */
const SLACK = 500;

/** Remembers words as they were made safe to print, and no pictures. */
export function createSaid(): Said {
  let lines: string[] = [];
  return {
    add(rows) {
      lines.push(...rows.filter((row) => !isPicture(row)).map(plain));
      if (lines.length > MOST_LINES + SLACK) lines = lines.slice(-MOST_LINES);
    },
    lines: () => lines.slice(-MOST_LINES),
  };
}

/** Everything that can be found: what was printed, and below it what the open pane of the feed shows. */
export const searched = (
  said: Said,
  { feed = [] }: { readonly feed?: readonly FeedPost[] | undefined },
) => [...said.lines(), ...feed.map((post) => `feed ${postWords(post)}`)];

const isPicture = (row: Row): boolean => row.some(({ tone }) => tone === 'picture');
