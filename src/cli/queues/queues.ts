import { duration, systemClock } from '../../base/clock.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import type { QueueItem, QueueName, QueuePart } from '../../domain/queue-item.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { table } from '../out/table.ts';

const MOST_LISTED = 100;
const MOST_TEXT = 60;

/** A part of a queue, the newest first. */
export async function listQueue(cli: Cli, queue: QueueName, part: QueuePart): Promise<void> {
  const { items } = await withGateway(cli, false, (gateway) =>
    gateway.request('queue.list', { queue, part, limit: MOST_LISTED }),
  );
  if (cli.out.json) return cli.out.object({ items });
  if (items.length === 0) return cli.out.say(NOTHING[part]);
  const now = systemClock.now();
  const rows = items.map((item) => rowOf(item, now));
  for (const line of table([['ID', 'AGO', 'CHAT', 'STATE', 'TRIES', 'TEXT'], ...rows]))
    cli.out.data(line);
  if (items.some(({ state }) => state === 'dead' || state === 'failed'))
    cli.out.hint(`Try one again:   atom ${queue} retry <id>`);
}

const NOTHING: Readonly<Record<QueuePart, string>> = {
  open: 'Nothing waits, and nothing was given up.',
  dead: 'Nothing was given up.',
  all: 'There is nothing.',
};

const rowOf = ({ id, at, chat, state, attempts, text }: QueueItem, now: number) => [
  ...[id, duration(now - at), `${chat.channel} ${chat.peer}`, state, String(attempts)],
  visible(text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT).toWellFormed()}…` : text),
];

/** One message whole. */
export async function showQueued(cli: Cli, queue: QueueName, id: string): Promise<void> {
  const { item } = await withGateway(cli, false, (gateway) =>
    gateway.request('queue.show', { queue, id }),
  );
  if (cli.out.json) return cli.out.object({ item });
  const { chat, state, attempts, at, error, text } = item;
  const rows = [
    ['chat', `${chat.channel} ${chat.peer}`],
    ['state', state],
    ['tries', String(attempts)],
    ['at', new Date(at).toISOString()],
    ...(error === undefined ? [] : [['why', visible(error)]]),
  ];
  for (const line of table(rows)) cli.out.data(line);
  cli.out.data(`\n${visibleBlock(text)}`);
}

/** Tries one again that was given up. */
export async function retryQueued(cli: Cli, queue: QueueName, id: string): Promise<void> {
  const again = await withGateway(cli, false, (gateway) =>
    gateway.request('queue.retry', { queue, id }),
  );
  if (cli.out.json) return cli.out.object({ retried: id, as: again.id });
  cli.out.say(again.id === id ? `${id} is tried again.` : `${id} is tried again, as ${again.id}.`);
}

/** Forgets one that waits or was given up. */
export async function dropQueued(cli: Cli, queue: QueueName, id: string): Promise<void> {
  await withGateway(cli, false, (gateway) => gateway.request('queue.drop', { queue, id }));
  if (cli.out.json) return cli.out.object({ dropped: id });
  cli.out.say(`Dropped ${id}.`);
}
