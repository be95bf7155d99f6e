import type { Command } from 'commander';
import type { Act } from './act.ts';

export function addDaemon(program: Command, act: Act): void {
  const service = program
    .command('service')
    .description('Have the gateway run whenever you are logged in (systemd, launchd)');
  service
    .command('install')
    .description('Write the unit or agent, and start it')
    .action(act(async (cli) => (await import('../daemon/daemon.ts')).installService(cli)));
  service
    .command('uninstall')
    .description('End it, and take the file away')
    .action(act(async (cli) => (await import('../daemon/daemon.ts')).uninstallService(cli)));
  service
    .command('status')
    .description('Whether it runs')
    .action(act(async (cli) => (await import('../daemon/daemon.ts')).showService(cli)));
  service
    .command('print')
    .description('Print the file, and change nothing')
    .action(act(async (cli) => (await import('../daemon/daemon.ts')).printService(cli)));
}
