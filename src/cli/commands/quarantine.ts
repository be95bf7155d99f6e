import type { Command } from 'commander';
import type { Act } from './act.ts';

const load = () => import('../quarantine/quarantine.ts');

export function addQuarantine(program: Command, act: Act): void {
  const quarantine = program
    .command('quarantine')
    .description('What was moved out of jails, because other programs would run it');
  quarantine
    .command('list')
    .alias('ls')
    .description('What there is, the newest first')
    .action(act(async (cli) => (await load()).listQuarantine(cli)));
  quarantine
    .command('show')
    .description('One of them: what it is, where it was, where it lies')
    .argument('<id>')
    .action(act(async (cli, [id]) => (await load()).showQuarantine(cli, String(id))));
  quarantine
    .command('restore')
    .description('Put it back, so that other programs run or trust it')
    .argument('<id>')
    .option('--to <folder>', 'below another folder instead of where it was')
    .option('--totp-stdin', 'read the code of the second factor from stdin, where one is needed')
    .action(
      act(async (cli, [id], { to, totpStdin }) =>
        (await import('../quarantine/restore.ts')).restoreQuarantine(cli, {
          id: String(id),
          ...(typeof to === 'string' ? { to } : {}),
          totpStdin: totpStdin === true,
        }),
      ),
    );
  quarantine
    .command('drop')
    .alias('rm')
    .description('Remove it for good')
    .argument('<id>')
    .action(act(async (cli, [id]) => (await load()).dropQuarantine(cli, String(id))));
}
