import { type Command, Option } from 'commander';
import type { Act } from './act.ts';

export function addChannels(program: Command, act: Act): void {
  const channels = program.command('channels').description('Chats that atom is connected to');
  channels
    .command('list')
    .alias('ls')
    .description('What is connected, and how it is doing')
    .action(act(async (cli) => (await import('../channels/list.ts')).listChannels(cli)));
  channels
    .command('add')
    .description('Connect one, or allow more people in')
    .argument('<channel>', 'its name; atom help channels lists them')
    .addOption(
      new Option(
        '--allow <ids>',
        'who may write: Telegram’s numeric ids, phone numbers, uuids of Signal',
      ),
    )
    .addOption(new Option('--group <id>', 'a group of WhatsApp or Signal in which atom listens'))
    .addOption(
      new Option('--set <key=value...>', 'other settings of the channel, as config.json has them'),
    )
    .action(
      act(async (cli, [channel], { allow, group, set }) =>
        (await import('../channels/add.ts')).addChannel(cli, String(channel), {
          ...(typeof allow === 'string' ? { allow } : {}),
          ...(typeof group === 'string' ? { group } : {}),
          ...(Array.isArray(set) ? { set: set.map(String) } : {}),
        }),
      ),
    );
  channels
    .command('login')
    .description('Link an account: scan a QR code, or type a code')
    .argument('<channel>', 'whatsapp or signal')
    .option('--phone <number>', 'a code to type instead, for the account of this number')
    .action(
      act(async (cli, [channel], { phone }) =>
        (await import('../channels/login.ts')).login(
          cli,
          String(channel),
          typeof phone === 'string' ? phone : undefined,
        ),
      ),
    );
  channels
    .command('test')
    .description('Send a message for real, and wait for an answer')
    .argument('<channel>')
    .action(
      act(async (cli, [channel]) =>
        (await import('../channels/test.ts')).testChannel(cli, String(channel)),
      ),
    );
  channels
    .command('reopen')
    .description('Open it anew with the token that is stored now, without a restart')
    .argument('<channel>')
    .action(
      act(async (cli, [channel]) =>
        (await import('../channels/reopen.ts')).reopenChannel(cli, String(channel)),
      ),
    );
  channels
    .command('remove')
    .alias('rm')
    .description('Unlink it and forget its keys')
    .argument('<channel>')
    .action(
      act(async (cli, [channel]) =>
        (await import('../channels/remove.ts')).removeChannel(cli, String(channel)),
      ),
    );
}
