import type { Command } from 'commander';
import type { Act } from './act.ts';

export function addPause(program: Command, act: Act): void {
  program
    .command('pause')
    .description('Stop taking messages; keep the gateway up')
    .action(act(async (cli) => (await import('../halt/pause.ts')).pause(cli)));
}

export function addResume(program: Command, act: Act): void {
  program
    .command('resume')
    .description('Take messages again, after a pause or a panic')
    .option('--totp-stdin', 'the code of the second factor is on stdin')
    .action(
      act(async (cli, _, { totpStdin }) =>
        (await import('../halt/resume.ts')).resume(cli, { totpStdin: totpStdin === true }),
      ),
    );
}

export function addPanic(program: Command, act: Act): void {
  program
    .command('panic')
    .description('Kill running commands, deny everything pending, halt everything until resume')
    .action(act(async (cli) => (await import('../halt/panic.ts')).panic(cli)));
}
