import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Account } from '../container/print.ts';
import type { Act } from './act.ts';

export function addContainer(program: Command, act: Act): void {
  program
    .command('container')
    .description('The jails of this profile as a container')
    .command('print')
    .summary('Print the compose file, or the Dockerfile')
    .description(
      'Print a compose file that runs atom in a container: the folders of the jails at their own ' +
        'paths, your user id, no root, no capabilities, and the limits of the jails.',
    )
    .addOption(new Option('--compose', 'the compose file (this is the default)'))
    .addOption(
      new Option('--dockerfile', 'the Dockerfile that it is built from').conflicts('compose'),
    )
    .option('--user <uid:gid>', 'the account that owns the folders (yours)', account)
    .action(
      act(async (cli, _, { dockerfile, user }) => {
        const { printCompose, printDockerfile } = await import('../container/print.ts');
        if (dockerfile === true) return printDockerfile(cli);
        await printCompose(cli, user as Account | undefined);
      }),
    );
}

function account(text: string): Account {
  const [, uid, gid] = /^(\d{1,10}):(\d{1,10})$/.exec(text) ?? [];
  if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  throw new InvalidArgumentError('Give two numbers, such as 1000:1000.');
}
