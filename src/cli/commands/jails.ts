import { type Command, Option } from 'commander';
import type { Act } from './act.ts';

const STDIN = 'read the code of the second factor from stdin, where one is needed';

export function addJails(program: Command, act: Act): void {
  const jails = program.command('jails').description('Folders commands may touch, and how');
  jails
    .command('list')
    .alias('ls')
    .description('The folders of this profile')
    .action(act(async (cli) => (await import('../jails/list.ts')).listJails(cli)));
  jails
    .command('add')
    .summary('Let commands touch one more folder')
    .description(
      'Let commands touch one more folder. Files there are reached by their absolute path, and a ' +
        'command reaches the folder when it is run in it (its cwd). The workspace stays the folder ' +
        'that commands run in when none is named.',
    )
    .argument('<folder>', 'made if it is not there')
    .option('--name <name>', 'what to call it (the folder’s own name)')
    .addOption(
      new Option('--mode <mode>').choices(['read-only', 'read-write']).default('read-write'),
    )
    .option('--totp-stdin', STDIN)
    .action(
      act(async (cli, [folder], { name, mode, totpStdin }) =>
        (await import('../jails/change.ts')).addJail(cli, {
          folder: String(folder),
          mode: mode === 'read-only' ? 'read-only' : 'read-write',
          ...(typeof name === 'string' ? { name } : {}),
          totpStdin: totpStdin === true,
        }),
      ),
    );
  jails
    .command('remove')
    .alias('rm')
    .description('Take a folder away again; its files stay')
    .argument('<name>')
    .option('--totp-stdin', STDIN)
    .action(
      act(async (cli, [name], { totpStdin }) =>
        (await import('../jails/change.ts')).removeJail(cli, String(name), {
          totpStdin: totpStdin === true,
        }),
      ),
    );
  jails
    .command('check')
    .description('Try to break out of the jail, and say what held')
    .action(act(async (cli) => (await import('../jails/check.ts')).checkJails(cli)));
}
