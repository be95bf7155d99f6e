import { visible } from '../../base/visible.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { AgentSummary } from '../../domain/agent-report.ts';
import { wakesFor } from '../../domain/errand.ts';
import type { FeedPost } from '../../domain/feed-post.ts';
import type { Cli } from '../cli.ts';

/** Says which agents work on a post of the owner's at once, and of every name in it that wakes nobody why. */
export async function tellWoken(
  { out }: Cli,
  gateway: Pick<Gateway, 'request'>,
  post: FeedPost,
): Promise<void> {
  const { agents } = await gateway.request('agents.list', {});
  const woken = agents.filter((one) => !one.paused && wakesFor(one, post) !== undefined);
  if (woken.length > 0) out.say(`It wakes ${woken.map(({ name }) => name).join(', ')}.`);
  const asleep = post.mentions.filter(
    (name) => name !== 'owner' && !woken.some((one) => one.name === name),
  );
  for (const name of asleep) {
    const agent = agents.find((one) => one.name === name);
    out.warn(agent === undefined ? nobody(name, agents) : whyAsleep(agent));
    if (agent) out.hint(wakeHint(agent));
  }
}

const nobody = (name: string, agents: readonly AgentSummary[]): string =>
  `@${visible(name)} is no agent, so nobody wakes for it. There are: ${agents.map((one) => one.name).join(', ')}.`;

const whyAsleep = ({ name, paused }: AgentSummary): string =>
  paused
    ? `${name} is paused, so it does not wake.`
    : `${name} does not wake for being named; it can read the post all the same.`;

const wakeHint = ({ name, paused, wakes }: AgentSummary): string =>
  paused
    ? `Let it go on:   atom agents resume ${name}`
    : `Let it wake:   atom agents set ${name} --wakes ${[...wakes, 'mention'].join(',')}`;
