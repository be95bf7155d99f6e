import type { Clock } from '../base/clock.ts';
import { asAtomError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import type { Bus } from '../bus/bus.ts';
import type { FeedPost, NewPost } from '../domain/feed-post.ts';
import type { Labels } from '../domain/label.ts';
import type { Store } from '../domain/store.ts';
import { insertPost } from '../store/tables/feed.ts';
import { type Own, redactPost } from './redact.ts';
import { createStory, type Line, type Story } from './story.ts';

export interface ChronicleDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  /** What may not be told, whatever it looks like. */
  readonly own: () => Promise<Own>;
}

/** Whose turn it is, where, and what it is for in words that hold none of the message. */
export interface Teller {
  readonly agent: string;
  readonly session: string;
  readonly cause: string;
  /** Name of the user that it is for; asked for off the way of whoever works. */
  readonly userOf: () => Promise<string | undefined>;
}

/**
 * What atom itself tells of what agents do. These lines are no action of anybody: they say again, for people,
 * what passed the governor and is on record already, so they are neither asked about nor recorded once more.
 * They hold nothing that an agent or a sender said, but names; whoever writes in words of their own takes
 * `feed.post`.
 */
export interface Chronicle {
  /** The story of one turn; its lines are answers to its first. */
  story(teller: Teller): Story;
  /** A line of its own, by atom, about an agent or about itself. */
  tell(line: Line): void;
  /** Resolves once everything that was told is kept. */
  close(): Promise<void>;
}

/** So long a line may wait for others: they are kept together, off the way of whoever works. */
const SOON_MS = 300;
const MOST_AT_ONCE = 200;
/** More than these wait only where the store fails; the oldest go. */
const MOST_WAITING = 5000;

/** Names of files and programs are the most that it holds: nobody's words, and the owner's own. */
const LABELS: Labels = { integrity: 'local', confidentiality: 'private' };

interface Waiting {
  readonly post: NewPost;
  /** Shared by the lines of one story; its number is known once the first of them is kept. */
  readonly thread?: { seq?: number; readonly userOf: Teller['userOf'] };
}

/** Lines wait a moment and are kept together. Those of a crash are lost; the record has what they told. */
export function createChronicle(deps: ChronicleDeps): Chronicle {
  let waiting: Waiting[] = [];
  let timer: NodeJS.Timeout | undefined;
  let work: Promise<void> = Promise.resolve();
  const keep = (): void => {
    timer = undefined;
    work = work.then(async () => {
      while (waiting.length > 0) await keepSome(deps, waiting.splice(0, MOST_AT_ONCE));
    });
  };
  const add = (one: Waiting): void => {
    waiting.push(one);
    if (waiting.length > MOST_WAITING) waiting = waiting.slice(-MOST_WAITING);
    timer ??= setTimeout(keep, SOON_MS).unref();
  };
  const postOf = (line: Line, more: Pick<NewPost, 'author' | 'by' | 'session'>): NewPost => ({
    id: newId(),
    at: deps.clock.now(),
    mentions: [],
    labels: LABELS,
    ...line,
    ...more,
  });
  return {
    story: ({ agent, session, cause, userOf }) => {
      const thread = { userOf };
      return createStory(cause, (line) =>
        add({ post: postOf(line, { author: agent, by: 'agent', session }), thread }),
      );
    },
    tell: (line) => add({ post: postOf(line, { author: 'atom', by: 'system' }) }),
    close: async () => {
      clearTimeout(timer);
      keep();
      await work;
    },
  };
}

async function keepSome(deps: ChronicleDeps, some: readonly Waiting[]): Promise<void> {
  const { store, bus, log } = deps;
  try {
    const own = await deps.own();
    const clean = await withUsers(some.flatMap((one) => withoutSecrets(deps, one, own)));
    const firsts = new Map<object, number>();
    const kept = await store.tx(async (sql) => {
      const posts: FeedPost[] = [];
      for (const { post, thread } of clean) {
        const replyTo = thread && (thread.seq ?? firsts.get(thread));
        const posted = await insertPost(sql, replyTo === undefined ? post : { ...post, replyTo });
        if (!posted) continue;
        posts.push(posted);
        if (thread && replyTo === undefined) firsts.set(thread, posted.seq);
      }
      return posts;
    });
    for (const { thread } of clean) {
      const first = thread && firsts.get(thread);
      if (thread && first !== undefined) thread.seq = first;
    }
    for (const post of kept) bus.tell('feed.posted', post);
  } catch (error) {
    log.error(`${some.length} lines of the feed were lost: ${asAtomError(error).message}`);
  }
}

/** Each with whose it is; the lines of one story are one user's. */
const withUsers = (some: readonly Waiting[]): Promise<readonly Waiting[]> =>
  Promise.all(
    some.map(async (one) => {
      const of = await one.thread?.userOf();
      return of === undefined ? one : { ...one, post: { ...one.post, of } };
    }),
  );

/** Nothing where it cannot be told what is private in it. */
function withoutSecrets(
  { log }: ChronicleDeps,
  { post, ...rest }: Waiting,
  own: Own,
): readonly Waiting[] {
  try {
    const text = redactPost(post.text, own);
    return [{ ...rest, post: { ...post, text } }];
  } catch (error) {
    log.warn(`not posted: ${asAtomError(error).message}`);
    return [];
  }
}
