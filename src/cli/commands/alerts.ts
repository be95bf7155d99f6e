import type { Command } from 'commander';
import type { Act } from './act.ts';

const load = () => import('../alerts/alerts.ts');
const NAME = ['<name>', 'what it is called here, such as discord or ops'] as const;

export function addAlerts(program: Command, act: Act): void {
  const alerts = program
    .command('alerts')
    .description('What goes wrong, posted to a webhook of Discord, of Slack, or of your own');
  alerts
    .command('list')
    .alias('ls')
    .description('Who is alerted, and of what')
    .action(act(async (cli) => (await load()).listAlerts(cli)));
  alerts
    .command('add')
    .description('Post alerts to an address, which is asked for or read from stdin')
    .argument(...NAME)
    .option('--format <format>', 'discord, slack or json; by its address unless given')
    .option('--events <kinds>', 'separated by commas; everything unless given')
    .action(
      act(async (cli, [name], { format, events }) =>
        (await load()).addAlert(cli, String(name), {
          ...(typeof format === 'string' ? { format } : {}),
          ...(typeof events === 'string' ? { events } : {}),
        }),
      ),
    );
  alerts
    .command('test')
    .description('Post one for real, and say what the other side made of it')
    .argument(...NAME)
    .action(act(async (cli, [name]) => (await load()).testAlert(cli, String(name))));
  alerts
    .command('remove')
    .description('Post there no more, and forget the address')
    .argument(...NAME)
    .action(act(async (cli, [name]) => (await load()).removeAlert(cli, String(name))));
}
