import type { Command } from 'commander';
import type { Act } from './act.ts';

export function addDoctor(program: Command, act: Act): void {
  program
    .command('doctor')
    .description('Find problems, with the command that mends each')
    .action(act(async (cli) => (await import('../doctor/doctor.ts')).doctor(cli)));
}
