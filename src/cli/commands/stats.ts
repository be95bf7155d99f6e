import { type Command, Option } from 'commander';
import { AtomError } from '../../base/errors.ts';
import { type Dimension, dimensions } from '../../domain/breakdown.ts';
import type { Act } from './act.ts';

export function addStats(program: Command, act: Act): void {
  program
    .command('stats')
    .description('How much there was: messages, approvals, commands, models and money')
    .option('--since <time>', 'how far to look back: 24h, 30d, or a day such as 2026-02-03', '7d')
    .option('--until <time>', 'and how far not; a day is meant as a whole')
    .addOption(
      new Option('--by <what>', 'told apart (enterprise edition)').choices([...dimensions]),
    )
    .option('--user <name>', 'with --by: of one user alone; owner for you')
    .option('--csv', 'with --by: lines for a spreadsheet')
    .action(
      act(async (cli, _, { since, until, by, user, csv }) => {
        const times = { since: String(since), ...(typeof until === 'string' ? { until } : {}) };
        if (by !== undefined)
          return (await import('../stats/breakdown.ts')).showBreakdown(cli, {
            ...times,
            by: by as Dimension,
            csv: csv === true,
            ...(typeof user === 'string' ? { user } : {}),
          });
        if (user !== undefined || csv === true)
          throw new AtomError('usage', 'Say what it is to be told apart by: --by.', {
            next: ['Such as:   atom stats --by model --csv'],
          });
        return (await import('../stats/stats.ts')).showStats(cli, times);
      }),
    );
}
