import type { Command } from 'commander';
import type { Act } from './act.ts';

const load = () => import('../notify/notify.ts');
const NAME = ['<name>', 'what it is called here, such as night or ops'] as const;

export function addNotify(program: Command, act: Act): void {
  const notify = program
    .command('notify')
    .description('What happens, told to a chat of yours: what, where, in which words, and when');
  notify
    .command('list', { isDefault: true })
    .alias('ls')
    .description('What is told, and where')
    .action(act(async (cli) => (await load()).listNotices(cli)));
  notify
    .command('add')
    .description('Tell your chat on a channel of some events; one of that name is written anew')
    .argument(...NAME)
    .requiredOption('--to <channel>', 'where you have a chat, such as telegram')
    .requiredOption('--events <kinds>', 'separated by commas, such as panic,job.failed')
    .option('--template <words>', 'with {event}, {text}, {agent} and {time}')
    .option(
      '--quiet-hours <hours>',
      'only what is critical then, such as 22:00-07:00; the rest follows',
    )
    .option('--digest <time>', 'all that is not critical in one message at that time of day')
    .option('--zone <name>', 'of these hours, such as Europe/Berlin; this machine’s unless given')
    .action(
      act(async (cli, [name], given) => {
        const { addNotice } = await load();
        const { to, events, template, quietHours: quiet, digest, zone } = given;
        await addNotice(cli, String(name), { to, events, template, quiet, digest, zone });
      }),
    );
  notify
    .command('test')
    .description('Tell something now, through the running gateway, whatever the hour')
    .argument(...NAME)
    .action(act(async (cli, [name]) => (await load()).testNotice(cli, String(name))));
  notify
    .command('remove')
    .alias('rm')
    .description('Tell it no more')
    .argument(...NAME)
    .action(act(async (cli, [name]) => (await load()).removeNotice(cli, String(name))));
}
