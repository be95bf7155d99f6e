import type { Command } from 'commander';
import type { Act } from './act.ts';

export function addStats(program: Command, act: Act): void {
  program
    .command('stats')
    .description('How much there was: messages, approvals, commands, models and money')
    .option('--since <time>', 'how far to look back, such as 24h or 30d', '7d')
    .action(
      act(async (cli, _, { since }) =>
        (await import('../stats/stats.ts')).showStats(cli, String(since)),
      ),
    );
}
