import type { Gateway } from '../../bridge/gateway.ts';
import type { FeedEntry, PostKind } from '../../domain/feed-post.ts';
import type { Answers } from '../../protocol/answers.ts';
import type { Params } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { requireAuthor, sayNothing } from './nothing.ts';
import { postText } from './post-text.ts';
import { tellWoken } from './woken.ts';

export type Wish = Pick<Params<'feed.list'>, 'author' | 'kind' | 'thread' | 'before' | 'user'> & {
  readonly limit: number;
};

/** The latest posts, the newest last; where only some were asked for, only those. */
export async function showFeed(cli: Cli, wish: Wish): Promise<void> {
  const { posts, last } = await withGateway(cli, false, (gateway) => firstPage(gateway, wish));
  const shown = posts.toReversed();
  if (cli.out.json) return cli.out.object({ posts: shown, last });
  if (shown.length === 0) return sayNothing(cli, wish);
  print(cli, shown);
  const [oldest] = shown;
  if (oldest && posts.length === wish.limit && oldest.seq > 1)
    cli.out.hint(`Earlier ones:   atom feed --before ${oldest.seq}`);
}

/** Throws AtomError `not-found` where there is nothing because nobody is called that. */
async function firstPage(gateway: Gateway, wish: Wish): Promise<Answers['feed.list']> {
  const page = await gateway.request('feed.list', wish);
  if (page.posts.length === 0 && wish.author !== undefined)
    await requireAuthor(gateway, wish.author);
  return page;
}

/** The latest posts and then every further one, until the gateway goes or Ctrl-C. None is left out. */
export async function followFeed(cli: Cli, wish: Wish): Promise<void> {
  await withGateway(cli, true, async (gateway) => {
    const news = listenFor(gateway);
    const { posts, last } = await firstPage(gateway, wish);
    print(cli, posts.toReversed());
    // Events only say that there is more: what is printed comes from the store, in order and each once.
    let seen = Math.max(last, posts[0]?.seq ?? 0);
    while (await news.next()) seen = await printSince(cli, gateway, { ...wish, after: seen });
    cli.out.say((await gateway.closed).message);
  });
}

const AT_ONCE = 200;

async function printSince(
  cli: Cli,
  gateway: Gateway,
  { before: _, ...wish }: Wish & { readonly after: number },
): Promise<number> {
  for (let { after } = wish; ; ) {
    const { posts, last } = await gateway.request('feed.list', { ...wish, after, limit: AT_ONCE });
    print(cli, posts);
    after = Math.max(after, posts.at(-1)?.seq ?? 0);
    if (posts.length < AT_ONCE) return Math.max(after, last);
  }
}

/** Waits for the next post; false once the gateway is gone. */
function listenFor(gateway: Gateway): { next(): Promise<boolean> } {
  let more = false;
  let over = false;
  let wake = (): void => undefined;
  gateway.on(({ kind }) => {
    if (kind !== 'feed') return;
    more = true;
    wake();
  });
  void gateway.closed.then(() => {
    over = true;
    wake();
  });
  return {
    next: async () => {
      if (!more && !over)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      more = false;
      return !over;
    },
  };
}

function print({ out, paths }: Cli, posts: readonly FeedEntry[]): void {
  for (const post of posts)
    if (out.json) out.object({ post });
    else for (const line of postText(post, out, paths.profile)) out.data(line);
}

/** Says something in the owner's own name, and whom that wakes. */
export async function writePost(
  cli: Cli,
  wish: { readonly text: string; readonly kind?: PostKind; readonly replyTo?: number },
): Promise<void> {
  await withGateway(cli, false, async (gateway) => {
    const { post } = await gateway.request('feed.post', wish);
    if (cli.out.json) return cli.out.object({ post });
    cli.out.say(`Posted as #${post.seq}.`);
    if (post.text !== wish.text) cli.out.say(`What is private in it was taken out: ${post.text}`);
    await tellWoken(cli, gateway, post);
  });
}

export async function reactTo(cli: Cli, post: number, mark: string): Promise<void> {
  const { changed } = await withGateway(cli, false, (gateway) =>
    gateway.request('feed.react', { post, mark }),
  );
  if (cli.out.json) return cli.out.object({ post, mark, changed });
  cli.out.say(changed ? `${mark} to #${post}.` : `You had said that to #${post}.`);
}
