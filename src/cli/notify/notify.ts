import { AtomError } from '../../base/errors.ts';
import { START_ANEW } from '../../base/hint.ts';
import { shellWord } from '../../base/shell-word.ts';
import type { NoticeSettings } from '../../config/notices-schema.ts';
import { isCritical, noticeEvents, noticeWords } from '../../domain/notice.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { table } from '../out/table.ts';
import { requireChannel, warnOfNobody } from './reach.ts';
import { readNotices, writeNotices } from './settings.ts';

/** As it was typed; the settings know what fits. */
export type NoticeWish = Readonly<
  Record<'to' | 'events' | 'template' | 'quiet' | 'digest' | 'zone', unknown>
>;

/** Writes it into the settings. Nothing is told yet. Throws AtomError `not-found` where the channel is not connected. */
export async function addNotice(cli: Cli, name: string, wish: NoticeWish): Promise<void> {
  const { events, ...rest } = wish;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  const kinds = [
    ...new Set(
      String(events)
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
  ];
  for (const kind of kinds)
    if (!noticeEvents.some((known) => known === kind))
      throw new AtomError('usage', `Nothing tells of "${kind}".`, {
        next: [`One of: ${noticeEvents.join(', ')}`],
      });
  await requireChannel(cli, String(wish.to));
  const before = await readNotices(cli);
  const entry = { name, ...Object.fromEntries(given), events: kinds };
  await writeNotices(cli, [...before.filter((one) => one.name !== name), entry].map(plain));
  const added = (await readNotices(cli)).find((one) => one.name === name);
  if (cli.out.json) return cli.out.object({ added });
  if (added) for (const line of table([rowOf(added)])) cli.out.data(line);
  cli.out.say('A running gateway tells it from its next start.');
  await warnOfNobody(cli, String(wish.to));
  cli.out.hint(`Now:   ${START_ANEW}`);
  cli.out.hint(`Then try it:   atom notify test ${name}`);
  const old = before.find((one) => one.name === name);
  cli.out.hint(`Undo:   ${old ? commandOf(old) : `atom notify remove ${name}`}`);
}

export async function listNotices(cli: Cli): Promise<void> {
  const notices = await readNotices(cli);
  if (cli.out.json) return cli.out.object({ notices });
  for (const line of table(notices.map(rowOf))) cli.out.data(line);
  if (notices.length === 0) cli.out.say('Nothing more is told than atom tells your chats anyway.');
  const kinds = noticeEvents.map((event) => `${event} (${noticeWords[event]})`).join(', ');
  cli.out.hint(`What there is:   ${kinds}`);
  cli.out.hint(`Critical, told at any hour:   ${noticeEvents.filter(isCritical).join(', ')}`);
  cli.out.hint('One more:   atom notify add <name> --to <channel> --events <kinds>');
}

/** Throws AtomError `not-found` where the gateway knows no such name, or the owner has no chat there. */
export async function testNotice(cli: Cli, name: string): Promise<void> {
  const { to } = await withGateway(cli, false, (gateway) =>
    gateway.request('notify.test', { name }),
  );
  if (cli.out.json) return cli.out.object({ tested: name, to: { ...to } });
  cli.out.data(`${name} was queued for your chat on ${to.channel}.`);
  cli.out.hint('Where it does not arrive:   atom outbox list');
}

export async function removeNotice(cli: Cli, name: string): Promise<void> {
  const all = await readNotices(cli);
  const old = all.find((one) => one.name === name);
  if (!old)
    throw new AtomError('not-found', `Nothing called ${name} is told.`, {
      next: ['atom notify list'],
    });
  await writeNotices(cli, all.filter((one) => one !== old).map(plain));
  if (cli.out.json) return cli.out.object({ removed: name });
  cli.out.say(`${name} is told no more, from the next start of the gateway.`);
  cli.out.hint(`Undo:   ${commandOf(old)}`);
}

const plain = (one: object): { readonly [key: string]: unknown } => ({ ...one });

const rowOf = (one: NoticeSettings): string[] => [
  ...[one.name, one.to, one.events.join(',')],
  [
    one.quiet === undefined ? '' : `quiet ${one.quiet}`,
    one.digest === undefined ? '' : `at ${one.digest}`,
    one.zone ?? '',
  ]
    .filter(Boolean)
    .join(', ') || 'at once',
];

/** The command that makes it as it is. */
function commandOf({ name, events, ...rest }: NoticeSettings): string {
  const options = Object.entries({ ...rest, events: events.join(',') });
  const words = options.map(([key, value]) => `--${FLAGS[key] ?? key} ${shellWord(String(value))}`);
  return `atom notify add ${name} ${words.join(' ')}`;
}

/** `--quiet` is everybody's. */
const FLAGS: Readonly<Record<string, string>> = { quiet: 'quiet-hours' };
