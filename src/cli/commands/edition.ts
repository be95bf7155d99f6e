import type { Command } from 'commander';
import type { Act } from './act.ts';

export function addEdition(program: Command, act: Act): void {
  program
    .command('edition')
    .description(
      'Which edition this is, and what it differs in: sizes and times, never what is asked',
    )
    .action(act(async (cli) => (await import('../edition/edition.ts')).showEdition(cli)));
}
