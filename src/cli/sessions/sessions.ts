import { newId } from '../../base/ids.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import type { SessionSummary, TranscriptEntry } from '../../domain/session.ts';
import { summaryWords } from '../../domain/summary-words.ts';
import { beginsWith, shortTime, talkLine } from '../../domain/talk-words.ts';
import { askCode } from '../ask/code.ts';
import { sure } from '../ask/sure.ts';
import { tellWaiting } from '../chat/chat.ts';
import { followTurn } from '../chat/follow.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { table } from '../out/table.ts';

/** Every chat on one line, the one that spoke last first. */
export async function listSessions(cli: Cli, wish: { readonly user?: string } = {}): Promise<void> {
  const { sessions } = await withGateway(cli, false, (gateway) =>
    gateway.request('sessions.list', wish),
  );
  if (cli.out.json) return cli.out.object({ sessions });
  if (sessions.length === 0) return cli.out.say('Nobody has said anything yet.');
  for (const line of table([['SESSION', 'LAST', 'AGENT', 'TALKS', 'NOW'], ...sessions.map(rowOf)]))
    cli.out.data(line);
  cli.out.hint('What was said in one:   atom sessions show SESSION');
}

const rowOf = (session: SessionSummary): readonly string[] => [
  visible(session.key),
  session.lastAt === undefined ? '' : shortTime(session.lastAt),
  [session.agent, ...(session.model === undefined ? [] : [session.model])].join(' · '),
  String(session.talks),
  beginsWith(session),
];

export interface ShowWish {
  readonly user?: string;
  readonly session: string;
  readonly number?: number;
  readonly limit: number;
}

/** What was said in one conversation, the newest last, and which others the session has. */
export async function showSession(cli: Cli, wish: ShowWish): Promise<void> {
  const shown = await withGateway(cli, false, (gateway) => gateway.request('sessions.show', wish));
  if (cli.out.json) return cli.out.object({ ...shown });
  const { talk, talks, entries, kept } = shown;
  for (const entry of entries) for (const line of linesOf(entry)) cli.out.data(line);
  const left = talk.entries - entries.length;
  if (left > 0) cli.out.say(`${left} older entries are not shown (--limit).`);
  for (const words of kept) cli.out.say(`Kept word for word: ${visible(words)}`);
  const others = talks.filter(({ number }) => number !== talk.number);
  if (others.length > 0) cli.out.say('Other conversations of this chat:');
  for (const other of others) cli.out.say(`  ${talkLine(other)}`);
}

/** Results in their first line only: the whole of them is in --json. */
function linesOf({ item, at }: TranscriptEntry): readonly string[] {
  const time = shortTime(at);
  switch (item.role) {
    case 'user':
      return said(time, item.sender, item.text);
    case 'assistant':
      return [
        ...(item.text === '' ? [] : said(time, 'atom', item.text)),
        ...item.calls.map((call) => `${time}  calls ${visible(call.tool)}`),
      ];
    case 'tool':
      return [`${time}  ${visible(item.tool)}: ${visible(item.text.split('\n', 1)[0] ?? '')}`];
    case 'note':
      return item.text === '' ? [] : said(time, 'note', item.text);
    case 'summary':
      return said(time, 'summary', `${summaryWords(item)}\n${item.text}`);
  }
}

const said = (time: string, who: string, text: string): readonly string[] =>
  visibleBlock(text)
    .split('\n')
    .map((line, at) => (at === 0 ? `${time}  ${visible(who)}: ${line}` : `    ${line}`));

/** Says `/compact` in the session, as its owner, and waits for what comes of it. */
export async function compactSession(
  cli: Cli,
  session: string,
  { keep, about }: { readonly keep?: string; readonly about: string },
): Promise<void> {
  const text = keep === undefined ? `/compact ${about}`.trim() : `/compact keep ${keep}`;
  await withGateway(cli, true, async (gateway) => {
    const turn = followTurn(gateway, {
      onWaiting: (card) => tellWaiting(cli, card),
      onNotice: cli.out.warn,
    });
    const order = await gateway.request('chat.send', { text, session, key: newId() });
    const { replies } = await turn.ended(order, cli.flags.timeoutMs);
    const reply = replies.join('\n');
    if (cli.out.json) cli.out.object({ session, reply });
    else cli.out.data(visibleBlock(reply));
  });
}

/** Removes what was said, after a yes. Throws AtomError `credentials` without the second factor. */
export async function removeSession(
  cli: Cli,
  wish: Omit<ShowWish, 'limit'> & { readonly totpStdin: boolean },
): Promise<void> {
  const { session, number, user } = wish;
  await withGateway(cli, false, async (gateway) => {
    const what =
      number === undefined
        ? `everything that was said in ${visible(session)}`
        : `conversation ${number} of ${visible(session)}`;
    await sure(cli, { question: `Remove ${what} for good?`, otherwise: 'Nothing was removed.' });
    const { enrolled } = await gateway.request('factor.status', {});
    const { removed } = await gateway.request('sessions.remove', {
      ...{ session, ...(number === undefined ? {} : { number }) },
      ...(user === undefined ? {} : { user }),
      ...(enrolled ? { code: await askCode(cli, wish.totpStdin) } : {}),
    });
    if (cli.out.json) return cli.out.object({ session, removed });
    cli.out.data(`Removed ${removed} ${removed === 1 ? 'conversation' : 'conversations'}.`);
    cli.out.hint('What was done stays on the record, and messages in the queues for their days.');
  });
}
