import { type Command, Option } from 'commander';
import type { Act } from './act.ts';

const append = (value: string, all: readonly string[] = []): readonly string[] => [...all, value];

export function addInit(program: Command, act: Act): void {
  program
    .command('init')
    .description('Create or check a profile: one folder jail, one model, how to reach you')
    .option(
      '--jail <folder>',
      'the folder that atom may work in (~/atom-work, or ~/atom-<profile>)',
    )
    .option('--model <model>', '"offline" or provider/model')
    .addOption(new Option('--channel <name>').choices(['terminal', 'telegram']))
    .option(
      '--allow <id>',
      'a Telegram user id that may talk to atom; give it once for each',
      append,
    )
    .option('--token-stdin', 'read the bot’s token from stdin')
    .option('--api-key-stdin', 'read the model’s key from stdin')
    .option('--check', 'only check an existing profile')
    .addOption(
      new Option('--edit', 'ask again, with what is set now as the answers').conflicts('check'),
    )
    .addOption(
      new Option('--reset', 'put the whole profile away, to begin anew').conflicts([
        ...['check', 'edit', 'jail', 'model', 'channel', 'allow'],
        ...['tokenStdin', 'apiKeyStdin'],
      ]),
    )
    .action(act(async (cli, _, options) => (await import('../init/init.ts')).init(cli, options)));
}
