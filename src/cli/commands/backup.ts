import type { Command } from 'commander';
import type { Act } from './act.ts';

export function addBackup(program: Command, act: Act): void {
  const backup = program
    .command('backup')
    .description('Copies of the database, the settings and the files that came');
  backup
    .command('create')
    .description('Copy them as they are now, also while a gateway runs, and check the copy')
    .argument('[folder]', 'one that is not there yet')
    .action(
      act(async (cli, [folder]) =>
        (await import('../backup/create.ts')).createBackup(
          cli,
          typeof folder === 'string' ? folder : undefined,
        ),
      ),
    );
  backup
    .command('list')
    .alias('ls')
    .description('The backups of this profile')
    .action(act(async (cli) => (await import('../backup/list.ts')).listBackups(cli)));
  backup
    .command('restore')
    .description('Put one back; what is there now is moved aside')
    .argument('<folder>')
    .option('--config', 'the settings as well')
    .option('--from-profile <name>', 'say that a backup of another profile is meant')
    .action(
      act(async (cli, [folder], { config, fromProfile }) =>
        (await import('../backup/restore.ts')).restoreBackup(cli, String(folder), {
          config: config === true,
          fromProfile: typeof fromProfile === 'string' ? fromProfile : undefined,
        }),
      ),
    );
  backup
    .command('set-aside')
    .description('Move a damaged database away and begin anew')
    .action(act(async (cli) => (await import('../backup/set-aside.ts')).setAside(cli)));
}
