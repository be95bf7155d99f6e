import { type Command, InvalidArgumentError } from 'commander';
import type { Act } from './act.ts';

const load = () => import('../runs/runs.ts');

export function addRuns(program: Command, act: Act): void {
  const runs = program.command('runs').description('What was run, how it ended, what it printed');
  runs
    .command('list')
    .alias('ls')
    .description('The latest runs, newest first')
    .option('--limit <count>', 'how many', count, 20)
    .option('--all', 'also replies and questions to models')
    .action(
      act(async (cli, _, { limit, all }) =>
        (await load()).listRuns(cli, { limit: Number(limit), all: all === true }),
      ),
    );
  runs
    .command('show')
    .description('Everything on record about one run')
    .argument('<run>', 'its code from the list, or its id')
    .action(act(async (cli, [ref]) => (await load()).showRun(cli, String(ref))));
  runs
    .command('output')
    .description('All that a run printed, both streams as they came')
    .argument('<run>', 'its code from the list, or its id')
    .option('--follow', 'go on while it runs')
    .option('--raw', 'byte for byte, into a pipe or a file')
    .action(
      act(async (cli, [ref], { follow, raw }) =>
        (await import('../runs/output.ts')).printOutput(cli, {
          ref: String(ref),
          follow: follow === true,
          raw: raw === true,
        }),
      ),
    );
  addSettle(runs, act);
}

function addSettle(runs: Command, act: Act): void {
  runs
    .command('settle')
    .description('Say what is true of a run that a crash cut off')
    .argument('<run>', 'its code from the list, or its id')
    .option('--happened', 'it happened')
    .option('--again', 'do it again; everything is decided and asked anew')
    .option('--forget', 'let it rest')
    .action(
      act(async (cli, [ref], { happened, again, forget }) =>
        (await import('../runs/settle.ts')).settleRun(cli, String(ref), {
          happened: happened === true,
          again: again === true,
          forget: forget === true,
        }),
      ),
    );
}

function count(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) >= 1 && Number(text) <= 500) return Number(text);
  throw new InvalidArgumentError('Give a whole number from 1 to 500.');
}
