import { duration, systemClock } from '../../base/clock.ts';
import { quotable } from '../../base/visible.ts';
import type { Sender } from '../../domain/sender.ts';
import type { Answers } from '../../protocol/answers.ts';
import type { PairingView } from '../../protocol/people-methods.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { table } from '../out/table.ts';

const HEAD = ['WHO', 'CHANNEL', 'ID', 'ROLE', 'SINCE', 'LAST MESSAGE', 'HOW'];

/** Who may talk to atom, who waits to, and who is blocked. `words`: also how strangers began. */
export async function listSenders(cli: Cli, words: boolean): Promise<void> {
  const { senders, waiting, listed } = await withGateway(cli, false, (gateway) =>
    gateway.request('senders.list', {}),
  );
  if (cli.out.json) {
    const shown = waiting.map(({ words: said, ...rest }) =>
      words ? { ...rest, words: said } : rest,
    );
    return cli.out.object({ senders, waiting: shown, listed });
  }
  const now = systemClock.now();
  const rows = [
    ...listedRows(listed),
    ...senders.map((sender) => senderRow(sender, now)),
    ...waiting.map(waitingRow),
  ];
  for (const line of table([HEAD, ...rows])) cli.out.data(line);
  for (const { id, words: said } of words ? waiting : [])
    cli.out.data(`${id} began: “${quotable(said ?? '')}”`);
  const asking = waiting.find(({ who }) => who !== undefined);
  if (asking)
    cli.out.hint(
      `Let one in:   atom senders approve ${asking.id}   (or by the code that they tell you)`,
    );
  else if (rows.length === 0) cli.out.hint('Nobody yet. Pair your phone:   atom pair telegram');
}

const listedRows = (listed: Answers['senders.list']['listed']) =>
  Object.entries(listed).flatMap(([channel, ids]) =>
    ids.map((id) => ['–', channel, id, 'owner', '–', '–', 'your settings']),
  );

const senderRow = (sender: Sender, now: number): readonly string[] => [
  sender.name === undefined ? sender.handle : `${sender.handle} “${quotable(sender.name)}”`,
  sender.channel,
  sender.id,
  sender.state === 'blocked' ? 'blocked' : sender.role,
  new Date(sender.since).toISOString().slice(0, 10),
  sender.lastAt === undefined ? '–' : `${duration(now - sender.lastAt)} ago`,
  `${HOW[sender.how]}, ${sender.by}`,
];

const HOW: Readonly<Record<Sender['how'], string>> = {
  link: 'by your link',
  code: 'by their code',
  blocked: 'blocked',
};

const waitingRow = ({ id, channel, who, name, state, ageMs, leftMs }: PairingView) => [
  name === undefined ? `waits (${id})` : `waits (${id}) “${quotable(name)}”`,
  channel,
  who?.id ?? '–',
  '–',
  `${duration(ageMs)} ago`,
  '–',
  `${state === 'matched' ? 'used your link' : who ? 'has a code' : 'your link is open'}, ${duration(leftMs)} left`,
];
