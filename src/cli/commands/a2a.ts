import type { Command } from 'commander';
import type { Act } from './act.ts';

const load = () => import('../a2a/a2a.ts');

export function addA2a(program: Command, act: Act): void {
  const a2a = program
    .command('a2a')
    .description(
      'Agents of other people that may speak to yours, as guests (off until you add one)',
    );
  a2a
    .command('list', { isDefault: true })
    .alias('ls')
    .description('Who was let in')
    .action(act(async (cli) => (await load()).listRemotes(cli)));
  a2a
    .command('add')
    .description('Let one in; prints its token, this once')
    .argument('<name>', 'what you call it: a–z, 0–9 and -')
    .option('--agent <name>', 'which of yours it speaks to (atom)')
    .action(
      act(async (cli, [name], { agent }) =>
        (await load()).addRemote(cli, String(name), typeof agent === 'string' ? agent : undefined),
      ),
    );
  a2a
    .command('remove')
    .alias('rm')
    .description('Take one out again')
    .argument('<name>')
    .action(act(async (cli, [name]) => (await load()).removeRemote(cli, String(name))));
}
