import type { Command } from 'commander';
import type { Act } from './act.ts';

const load = () => import('../config/config.ts');
const loadSecrets = () => import('../secrets/secrets.ts');

export function addConfig(program: Command, act: Act): void {
  const config = program.command('config').description('Settings of this profile');
  config
    .command('get')
    .description('One setting, as it holds')
    .argument('<key>', 'dotted, such as log.level')
    .action(act(async (cli, [key]) => (await load()).getSetting(cli, String(key))));
  config
    .command('set')
    .description('Change one setting')
    .argument('<key>')
    .argument('<value>', 'text or JSON; lists also with commas')
    .action(
      act(async (cli, [key, value]) => (await load()).setSetting(cli, String(key), String(value))),
    );
  config
    .command('unset')
    .description('Take one setting out of the file: its default holds again')
    .argument('<key>')
    .action(act(async (cli, [key]) => (await load()).unsetSetting(cli, String(key))));
  config
    .command('list')
    .alias('ls')
    .description('Every setting, as it holds')
    .action(act(async (cli) => (await load()).listSettings(cli)));
  config
    .command('edit')
    .description('Open the file in your editor (VISUAL, EDITOR); what cannot be used is not taken')
    .action(act(async (cli) => (await import('../config/edit.ts')).editSettings(cli)));
  config
    .command('path')
    .description('Where the file is')
    .action(act(async (cli) => (await load()).showPath(cli)));
  config
    .command('validate')
    .description('Check the file')
    .action(act(async (cli) => (await load()).validate(cli)));
  config
    .command('schema')
    .description('What the file may hold, as a JSON Schema for an editor')
    .action(act(async (cli) => (await import('../config/schema.ts')).showSchema(cli)));
}

export function addSecrets(program: Command, act: Act): void {
  const secrets = program.command('secrets').description('Stored keys; values are never shown');
  secrets
    .command('set')
    .description('Store a key; its value comes from stdin or is typed hidden')
    .argument('<name>', 'such as telegram.token, anthropic.key or openai.key')
    .action(act(async (cli, [name]) => (await loadSecrets()).setSecret(cli, String(name))));
  secrets
    .command('list')
    .alias('ls')
    .description('Names, and where each is kept')
    .action(act(async (cli) => (await loadSecrets()).listSecrets(cli)));
  secrets
    .command('remove')
    .alias('rm')
    .description('Forget a key')
    .argument('<name>')
    .action(act(async (cli, [name]) => (await loadSecrets()).removeSecret(cli, String(name))));
}
