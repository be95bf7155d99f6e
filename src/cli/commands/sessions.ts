import type { Command } from 'commander';
import { AtomError } from '../../base/errors.ts';
import type { Act } from './act.ts';
import { USER, userIn } from './stand-options.ts';

const load = () => import('../sessions/sessions.ts');
const loadChange = () => import('../sessions/change.ts');

/** The conversations of every chat. */
export function addSessions(program: Command, act: Act): void {
  const sessions = program
    .command('sessions')
    .description('The conversations of your chats: see, sum up and remove them');
  sessions
    .command('list', { isDefault: true })
    .alias('ls')
    .description('Every chat, the one that spoke last first')
    .option(...USER)
    .action(act(async (cli, _, { user }) => (await load()).listSessions(cli, userIn(user))));
  sessions
    .command('show')
    .description('What was said in a conversation')
    .argument('<session>', 'from atom sessions list, such as telegram:dm:5012233')
    .argument('[number]', 'one of its conversations (the one that goes on now)')
    .option('--limit <entries>', 'so many of the newest entries', '100')
    .option(...USER)
    .action(
      act(async (cli, [session, number], { limit, user }) =>
        (await load()).showSession(cli, {
          ...userIn(user),
          session: String(session),
          limit: numberOf(limit, '--limit'),
          ...(number === undefined ? {} : { number: numberOf(number, 'the number') }),
        }),
      ),
    );
  sessions
    .command('replay')
    .description('Play a conversation back: what was wanted, decided, approved and done')
    .argument('<session>', 'from atom sessions list')
    .argument('[number]', 'one of its conversations (the one that goes on now)')
    .option(
      '--export <file>',
      'into one file for others, without secrets: a page, or data (--json)',
    )
    .option(...USER)
    .action(
      act(async (cli, [session, number], { export: file, user }) => {
        const one = number === undefined ? {} : { number: numberOf(number, 'the number') };
        const wish = { session: String(session), ...one, ...userIn(user) };
        if (typeof file !== 'string')
          return (await import('../sessions/replay.ts')).replaySession(cli, wish);
        return (await import('../sessions/export.ts')).exportReplay(cli, wish, file);
      }),
    );
  sessions
    .command('compact')
    .description('Have a conversation summed up by its model; nothing of it is lost')
    .argument('<session>', 'from atom sessions list')
    .argument('[about...]', 'what it should not leave out')
    .option('--keep <words>', 'words that are kept as they are')
    .action(
      act(async (cli, [session, about], { keep }) =>
        (await loadChange()).compactSession(cli, String(session), {
          ...(typeof keep === 'string' ? { keep } : {}),
          about: Array.isArray(about) ? about.join(' ') : '',
        }),
      ),
    );
  sessions
    .command('remove')
    .alias('rm')
    .description('Remove what was said in a session, for good')
    .argument('<session>', 'from atom sessions list')
    .argument('[number]', 'only one of its conversations')
    .option('--totp-stdin', 'a code of the second factor comes on stdin')
    .option(...USER)
    .action(
      act(async (cli, [session, number], { totpStdin, user }) =>
        (await loadChange()).removeSession(cli, {
          ...userIn(user),
          session: String(session),
          totpStdin: totpStdin === true,
          ...(number === undefined ? {} : { number: numberOf(number, 'the number') }),
        }),
      ),
    );
}

function numberOf(text: unknown, what: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new AtomError('usage', `${what} is a whole number from 1, such as 2.`);
}
