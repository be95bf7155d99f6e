import type { SightDeps } from '../../assembly/sight.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import type { SessionSummary, TranscriptEntry } from '../../domain/session.ts';
import type { Sql } from '../../domain/store.ts';
import { summaryWords } from '../../domain/summary-words.ts';
import { beginsWith, shortTime, talkLine } from '../../domain/talk-words.ts';
import { viewerOf } from '../../domain/visibility.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';
import { ask } from '../runs/place.ts';
import { requireUser, settingsUsers } from '../users/known.ts';

const load = () => import('../../assembly/talk-reports.ts');

/** Every chat on one line, the one that spoke last first. */
export async function listSessions(cli: Cli, wish: { readonly user?: string } = {}): Promise<void> {
  const { sessions } = await ask(
    cli,
    (gateway) => gateway.request('sessions.list', wish),
    async ({ sql }) => ({
      sessions: await (await load()).listSessions(await sightOf(cli, sql), viewerOf({}, wish.user)),
    }),
  );
  if (sessions.length === 0) await requireUser(cli, wish.user);
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
  const shown = await ask(
    cli,
    (gateway) => gateway.request('sessions.show', wish),
    async ({ sql }) => {
      const { user, ...one } = wish;
      return (await load()).showSession(await sightOf(cli, sql), viewerOf({}, user), one);
    },
  );
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

/** As those whom the settings name as users may see it: whoever reads the record is the owner. */
const sightOf = async (cli: Cli, sql: Sql): Promise<SightDeps> => ({
  users: await settingsUsers(cli, sql),
  sql,
});

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
