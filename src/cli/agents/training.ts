import { duration, systemClock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { jsonLine } from '../../base/json-line.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Outcome } from '../../domain/action.ts';
import type { TrainingItem } from '../../domain/training.ts';
import { sure } from '../ask/sure.ts';
import { tellWaiting } from '../chat/chat.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { table } from '../out/table.ts';

/** What students were refused and waits. */
export async function listTraining(cli: Cli, name: string | undefined): Promise<void> {
  const { items } = await withGateway(cli, false, (gateway) => waiting(gateway, name));
  if (cli.out.json) return cli.out.object({ items });
  if (items.length === 0) return cli.out.say('Nothing waits for training.');
  const now = systemClock.now();
  const rows = items.map(({ id, agent, at, words }) => [
    ...[id, agent, `${duration(now - at)} ago`],
    words.join(' '),
  ]);
  for (const line of table([['ID', 'AGENT', 'ASKED', 'WHAT'], ...rows])) cli.out.data(line);
  cli.out.hint('Run one:   atom agents replay <id>');
}

/** Shows one whole, and runs it once where a person says so. Longer than 10 minutes is not waited for. */
export async function replayTraining(cli: Cli, id: string): Promise<void> {
  await withGateway(cli, true, async (gateway) => {
    const { items } = await waiting(gateway, undefined);
    const item = items.find((one) => one.id === id);
    if (item && !cli.out.json) for (const line of wholeText(item)) cli.out.say(line);
    if (item)
      await sure(cli, {
        question: 'This is run as your own. Run exactly this, once?',
        otherwise: 'Nothing was run. It waits on.',
      });
    tellQuestions(cli, gateway, id);
    const { outcome } = await gateway.request('agents.replay', { id }, { timeoutMs: MOST_MS });
    if (!outcome.ok) throw notDone(outcome);
    if (cli.out.json) return cli.out.object({ id, outcome });
    cli.out.data(visibleBlock(resultText(outcome.value)));
    cli.out.say(`Done. It counts for ${item?.agent ?? 'the agent'} as a supervised run.`);
  });
}

export async function dropTraining(cli: Cli, id: string): Promise<void> {
  await withGateway(cli, false, (gateway) => gateway.request('agents.drop', { id }));
  if (cli.out.json) return cli.out.object({ dropped: id });
  cli.out.say(`Dropped ${id}.`);
}

const MOST_MS = 600_000;

const waiting = (gateway: Gateway, name: string | undefined) =>
  gateway.request('agents.training', name === undefined ? {} : { name });

/** Everything that would be run: nobody says yes to a part. */
function wholeText({ agent, words, resource, why, labels }: TrainingItem): readonly string[] {
  const foreign = labels.integrity === 'untrusted';
  return [
    `${agent} asked for:  ${visible(words.join(' '))}`,
    ...visibleBlock(JSON.stringify(resource, null, 2))
      .split('\n')
      .map((line) => `| ${line}`),
    `It was refused: ${visible(why)}`,
    ...(foreign ? ['! It had read words that are not yours when it asked.'] : []),
  ];
}

/** What cannot be taken back is asked about like everything else. */
function tellQuestions(cli: Cli, gateway: Gateway, id: string): void {
  gateway.on((event) => {
    if (event.kind !== 'approval.asked') return;
    gateway.request('approvals.show', { ref: event.card.id }).then(
      ({ approval }) => {
        if (approval.request.id === `training:${id}`) tellWaiting(cli, event.card);
      },
      // Answered and gone, or the connection ended: then there is nothing to tell.
      () => undefined,
    );
  });
}

function notDone({ reason, message }: Outcome & { readonly ok: false }): AtomError {
  if (reason === 'denied' || reason === 'expired') return new AtomError('declined', message);
  const held = ['policy', 'blocked', 'limited', 'halted'].includes(reason);
  return new AtomError(held ? 'blocked' : 'failed', message);
}

/** What a command printed; for everything else the result as it is. */
function resultText(value: (Outcome & { readonly ok: true })['value']): string {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return jsonLine(value);
  const { stdout, stderr, exit } = value as { readonly [key: string]: unknown };
  if (typeof stdout !== 'string') return jsonLine(value);
  const ended = exit === 0 ? [] : [`(exit code ${String(exit)})`];
  return [stdout.trimEnd(), String(stderr ?? '').trimEnd(), ...ended]
    .filter((t) => t !== '')
    .join('\n');
}
