import { type Command, InvalidArgumentError, Option } from 'commander';
import { type PostKind, postKinds } from '../../domain/feed-post.ts';
import type { Act } from './act.ts';
import { USER, userIn } from './stand-options.ts';

const load = () => import('../feed/feed.ts');

export function addFeed(program: Command, act: Act): void {
  const feed = program
    .command('feed')
    .description('What your agents do and tell, as a story; and your own words beside it');
  addShow(feed, act);
  feed
    .command('post')
    .description(
      'Say something to all who read the feed; @name wakes an agent that wakes for being named',
    )
    .argument('<text...>')
    .addOption(kind('what it is').default('status'))
    .action(
      act(async (cli, [text], options) =>
        (await load()).writePost(cli, { text: words(text), ...kindIn(options) }),
      ),
    );
  feed
    .command('reply')
    .description('Answer a post')
    .argument('<post>', 'its number', number)
    .argument('<text...>')
    .action(
      act(async (cli, [post, text]) =>
        (await load()).writePost(cli, { text: words(text), replyTo: Number(post) }),
      ),
    );
  feed
    .command('react')
    .description('Say with one sign what you think of a post')
    .argument('<post>', 'its number', number)
    .argument('[sign]', 'such as 👍', '👍')
    .action(
      act(async (cli, [post, sign]) => (await load()).reactTo(cli, Number(post), String(sign))),
    );
}

function addShow(feed: Command, act: Act): void {
  feed
    .command('show', { isDefault: true })
    .description('The latest posts, the newest last')
    .option('--follow', 'go on with what comes')
    .option('--agent <name>', 'only what this one posted')
    .addOption(kind('only posts of this kind'))
    .option(...USER)
    .option('--thread <post>', 'only the thread of this post', number)
    .option('--limit <count>', 'how many', limit, 30)
    .option('--before <post>', 'only earlier ones', number)
    .action(
      act(async (cli, _, options) => {
        const { follow, agent, thread, before, user } = options;
        const wish = {
          limit: Number(options.limit),
          ...kindIn(options),
          ...(typeof agent === 'string' ? { author: agent } : {}),
          ...userIn(user),
          ...(thread === undefined ? {} : { thread: Number(thread) }),
          ...(before === undefined ? {} : { before: Number(before) }),
        };
        const { showFeed, followFeed } = await load();
        return follow === true ? followFeed(cli, wish) : showFeed(cli, wish);
      }),
    );
}

const kind = (description: string): Option =>
  new Option('--kind <kind>', description).choices([...postKinds]);

const kindIn = ({ kind: given }: Readonly<Record<string, unknown>>): { kind?: PostKind } => {
  const found = postKinds.find((one) => one === given);
  return found ? { kind: found } : {};
};

const words = (text: unknown): string => (Array.isArray(text) ? text.join(' ') : String(text));

function number(text: string): number {
  const found = /^#?([1-9]\d{0,14})$/.exec(text)?.[1];
  if (found !== undefined) return Number(found);
  throw new InvalidArgumentError('Give the number of a post, such as 12.');
}

function limit(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 200) return Number(text);
  throw new InvalidArgumentError('Give a number from 1 to 200.');
}
