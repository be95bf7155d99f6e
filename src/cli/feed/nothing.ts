import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Params } from '../../protocol/methods.ts';
import type { Cli } from '../cli.ts';

/** Who posts and is no agent: you, and atom itself. */
const OTHERS = ['owner', 'atom'];

/** Throws AtomError `not-found` where nobody of that name could have posted anything. */
export async function requireAuthor(
  gateway: Pick<Gateway, 'request'>,
  author: string,
): Promise<void> {
  const { agents } = await gateway.request('agents.list', {});
  const known = [...new Set([...agents.map(({ name }) => name), ...OTHERS])];
  if (known.includes(author)) return;
  throw new AtomError('not-found', `There is no agent "${visible(author)}".`, {
    next: [`Who posts: ${known.join(', ')}`],
  });
}

/** Says that there is nothing to show, and what it was looked for by. */
export function sayNothing(
  { out }: Cli,
  { author, kind, user, thread, before }: Params<'feed.list'>,
): void {
  const by = [
    ...(author === undefined ? [] : [`by ${author}`]),
    ...(kind === undefined ? [] : [`of the kind ${kind}`]),
    ...(user === undefined ? [] : [`for ${user}`]),
    ...(thread === undefined ? [] : [`in the thread of #${thread}`]),
    ...(before === undefined ? [] : [`before #${before}`]),
  ];
  if (by.length === 0) out.say('Nothing was posted yet.');
  else {
    out.say(`There is no post ${by.join(', ')}.`);
    out.hint('All there is:   atom feed');
  }
}
