import { type Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../../base/clock.ts';
import type { LogLevel } from '../../base/log.ts';
import type { Act } from './act.ts';

export function addLogs(program: Command, act: Act): void {
  program
    .command('logs')
    .description('What the gateway wrote into its log; secrets were never in it')
    .option('-f, --follow', 'go on as more is written')
    .option('-n, --lines <count>', 'how many of the newest (50; with --since all)', count)
    .option('--since <time>', 'not older than 30m, 1h or 7d, or a time such as 2026-02-03T09:30')
    .addOption(
      new Option('--level <level>', 'this one and worse').choices([
        ...['debug', 'info', 'warn', 'error'],
      ]),
    )
    .option('--part <name>', 'only of one part, such as telegram')
    .option('--search <text>', 'only with this text in them')
    .action(
      act(async (cli, _, { follow, lines, since, level, part, search }) => {
        const { momentOf } = await import('../logs/since.ts');
        await (await import('../logs/logs.ts')).showLogs(cli, {
          follow: follow === true,
          ...(since === undefined ? {} : { since: momentOf(String(since), systemClock.now()) }),
          ...(lines === undefined && since !== undefined ? {} : { lines: Number(lines ?? 50) }),
          ...(level === undefined ? {} : { level: level as LogLevel }),
          ...(part === undefined ? {} : { part: String(part) }),
          ...(search === undefined ? {} : { search: String(search) }),
        });
      }),
    );
}

function count(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a number from 1 to 999999.');
}
