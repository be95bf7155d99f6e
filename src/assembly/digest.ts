import type { FeedPost } from '../domain/feed-post.ts';
import type { Store } from '../domain/store.ts';
import { digestWords } from '../feed/digest.ts';
import { feedPage } from '../store/tables/feed.ts';
import type { AtomOptions } from './parts.ts';
import { type ChatParts, tellChats } from './tell-chats.ts';

const DAY_MS = 86_400_000;
const LOOK_MS = 60_000;
const PAGE = 200;
/** More than these are counted by nobody. */
const MOST = 2000;

/**
 * Sends what the feed told in a day to the owner's chats, once a day from the time that the owner set on; off
 * unless they did. Returns how to stop.
 */
export function startDigest(options: AtomOptions, parts: ChatParts): () => void {
  const at = options.config.notify.digest;
  if (at === undefined) return () => undefined;
  const log = options.log.part('feed');
  let done = '';
  const look = (): void => {
    const now = new Date(options.clock.now());
    const [day, time] = [dayOf(now), timeOf(now)];
    if (time < at || done === day) return;
    done = day;
    sendDigest(options, parts, day).catch((error: unknown) => {
      done = '';
      log.error(`the digest was not sent: ${String(error)}`);
    });
  };
  const timer = setInterval(look, LOOK_MS).unref();
  look();
  return () => clearInterval(timer);
}

/** Once a day, however often it is asked for: a message has the day in its name. */
export async function sendDigest(
  options: Pick<AtomOptions, 'paths' | 'clock'>,
  parts: ChatParts,
  day: string,
): Promise<void> {
  const text = digestWords(await postsSince(parts.records.store, options.clock.now() - DAY_MS));
  if (text !== undefined) await tellChats(options, parts, { id: `digest:${day}`, text });
}

async function postsSince(store: Store, since: number): Promise<readonly FeedPost[]> {
  const posts: FeedPost[] = [];
  for (let before: number | undefined; posts.length < MOST; ) {
    const page = await feedPage(store, { before, limit: PAGE });
    posts.push(...page.filter(({ at }) => at >= since));
    before = page.at(-1)?.seq;
    if (page.length < PAGE || page.some(({ at }) => at < since)) break;
  }
  return posts.toReversed();
}

const two = (count: number): string => String(count).padStart(2, '0');
const dayOf = (now: Date): string =>
  `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
const timeOf = (now: Date): string => `${two(now.getHours())}:${two(now.getMinutes())}`;
