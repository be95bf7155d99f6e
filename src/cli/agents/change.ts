import { AtomError } from '../../base/errors.ts';
import { type FeedMode, feedModes } from '../../domain/agent.ts';
import type { AgentSummary } from '../../domain/agent-report.ts';
import { wakeKinds, wakeWords } from '../../domain/errand.ts';
import type { Params } from '../../protocol/methods.ts';
import { withCode } from '../ask/with-code.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';

/** Makes an agent; what is not said is the profile's. */
export async function addAgent(
  cli: Cli,
  name: string,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const wish = newAgentIn(name, options);
  const { agent } = await withGateway(cli, false, (gateway) =>
    withCode(cli, options.totpStdin === true, (proof) =>
      gateway.request('agents.add', { ...wish, ...proof }),
    ),
  );
  if (cli.out.json) return cli.out.object({ agent });
  cli.out.say(`Added ${name} (${agent.maturity}).`);
  cli.out.hint(`Talk to it:   atom chat --agent ${name} "hello"`);
}

function newAgentIn(
  name: string,
  options: Readonly<Record<string, unknown>>,
): Params<'agents.add'> {
  const { maturity, model, workspace, jails, skills } = options;
  return {
    name,
    maturity: maturity === 'intern' ? 'intern' : 'student',
    ...(typeof model === 'string' ? { model } : {}),
    ...(typeof workspace === 'string' ? { workspace } : {}),
    ...(Array.isArray(jails) ? { jails: jails.map(String) } : {}),
    ...(Array.isArray(skills) ? { skills: skills.map(String) } : {}),
    ...feedIn(options),
    ...(options.private === true ? { private: true } : {}),
  };
}

/** Says how much of what an agent does is told, who may ask it, and what wakes it; a code where that is more. */
export async function setAgent(
  cli: Cli,
  name: string,
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const own = options.private === true;
  if (own && options.public === true)
    throw new AtomError('usage', 'Give --private or --public, not both.');
  const told = { ...feedIn(options), ...(own || options.public === true ? { private: own } : {}) };
  const reach = reachIn(options);
  if (Object.keys({ ...told, ...reach }).length === 0)
    throw new AtomError('usage', 'Say what to change.', {
      next: ['Give --feed, --private, --public, --wakes or --asked-by.'],
    });
  const { agent } = await withGateway(cli, false, (gateway) =>
    withCode(cli, options.totpStdin === true, (proof) =>
      gateway.request('agents.set', { name, ...told, ...reach, ...proof }),
    ),
  );
  if (cli.out.json) return cli.out.object({ agent });
  for (const line of reachWords(agent, reach)) cli.out.say(line);
  if (Object.keys(told).length === 0) return;
  cli.out.say(
    agent.private
      ? `${name} is private: nothing of it is told.`
      : TOLD[agent.feed ?? 'operations'](name),
  );
}

/** What is given in lists, as it is meant: `nothing` and `nobody` are none, `everybody` the usual. */
function reachIn({
  wakes,
  askedBy,
}: Readonly<Record<string, unknown>>): Pick<Params<'agents.set'>, 'wakes' | 'askedBy'> {
  const kinds = Array.isArray(wakes) ? wakes.filter((kind) => kind !== 'nothing') : undefined;
  const unknown = kinds?.find((kind) => !wakeKinds.some((one) => one === kind));
  if (unknown !== undefined)
    throw new AtomError('usage', `Nothing in the feed is called ${String(unknown)}.`, {
      next: [`There are: ${wakeKinds.join(', ')}, and nothing.`],
    });
  const askers = Array.isArray(askedBy) ? askedBy.map(String) : undefined;
  return {
    ...(kinds ? { wakes: wakeKinds.filter((one) => kinds.includes(one)) } : {}),
    ...(askers
      ? {
          askedBy: askers.includes('everybody')
            ? null
            : askers.filter((asker) => asker !== 'nobody'),
        }
      : {}),
  };
}

const reachWords = (
  { name, wakes, askedBy, private: own }: AgentSummary,
  changed: Pick<Params<'agents.set'>, 'wakes' | 'askedBy'>,
): readonly string[] => [
  ...(changed.wakes === undefined
    ? []
    : [`${name} wakes for ${wakes.map((kind) => wakeWords[kind]).join(', ') || 'nothing'}.`]),
  ...(changed.askedBy === undefined
    ? []
    : [`${name} may be asked by ${askedBy?.join(', ') ?? (own ? 'nobody' : 'everybody')}.`]),
];

const TOLD: Readonly<Record<FeedMode, (name: string) => string>> = {
  operations: (name) => `What ${name} does is told in the feed: names and counts, no words.`,
  detailed: (name) => `What ${name} does is told in the feed, with its reasons.`,
  off: (name) => `Nothing of what ${name} does is told in the feed.`,
};

const feedIn = ({ feed }: Readonly<Record<string, unknown>>): { feed?: FeedMode } => {
  const found = feedModes.find((one) => one === feed);
  return found ? { feed: found } : {};
};

export async function demote(cli: Cli, name: string): Promise<void> {
  const moved = await withGateway(cli, false, (gateway) =>
    gateway.request('agents.demote', { name }),
  );
  if (cli.out.json) return cli.out.object({ ...moved });
  cli.out.say(`${name} is only ${moved.to} now (it was ${moved.from}).`);
}

export async function pause(cli: Cli, name: string): Promise<void> {
  const { changed } = await withGateway(cli, false, (gateway) =>
    gateway.request('agents.pause', { name }),
  );
  if (cli.out.json) return cli.out.object({ agent: name, paused: true, changed });
  cli.out.say(changed ? `${name} is paused.` : `${name} was paused already.`);
  cli.out.hint(`Let it work again:   atom agents resume ${name}`);
}

export async function resume(cli: Cli, name: string): Promise<void> {
  const { changed } = await withGateway(cli, false, (gateway) =>
    gateway.request('agents.resume', { name }),
  );
  if (cli.out.json) return cli.out.object({ agent: name, paused: false, changed });
  cli.out.say(changed ? `${name} works again.` : `${name} was not paused.`);
}

/** Says that a run was undone, did harm, or both. */
export async function mark(
  cli: Cli,
  run: string,
  { harmful, undone }: { readonly harmful: boolean; readonly undone: boolean },
): Promise<void> {
  const marks = [...(undone ? ['undone' as const] : []), ...(harmful ? ['harmful' as const] : [])];
  if (marks.length === 0)
    throw new AtomError('usage', 'Say what it was', {
      next: ['Give --harmful, --undone or both.'],
    });
  await withGateway(cli, false, async (gateway) => {
    let marked = { agent: '', demoted: false };
    for (const one of marks) marked = await gateway.request('agents.mark', { run, mark: one });
    if (cli.out.json) return cli.out.object({ run, marks, ...marked });
    cli.out.say(`Marked ${marks.join(' and ')}; it counts against ${marked.agent}.`);
    if (marked.demoted) cli.out.say(`${marked.agent} is taken one step down.`);
  });
}
