import { duration, systemClock } from '../../base/clock.ts';
import { visible } from '../../base/visible.ts';
import type { Restored, UndoPlan, UndoRun } from '../../domain/undo.ts';
import { changeLines, countWords, runWords } from '../../domain/undo-words.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { table } from '../out/table.ts';

const MOST_LISTED = 50;

/** What can be taken back, the newest first. */
export async function listRuns(cli: Cli): Promise<void> {
  const { runs } = await withGateway(cli, false, (gateway) =>
    gateway.request('undo.list', { limit: MOST_LISTED }),
  );
  if (cli.out.json) return cli.out.object({ runs });
  if (runs.length === 0) return cli.out.say('Nothing can be taken back.');
  const now = systemClock.now();
  const rows = runs.map((run) => rowOf(run, now));
  for (const line of table([['RUN', 'AGO', 'CHANGED', 'STATE', 'WHAT'], ...rows]))
    cli.out.data(line);
}

const rowOf = (run: UndoRun, now: number): readonly string[] => [
  run.code,
  duration(now - run.at),
  run.changed === undefined ? '?' : String(run.changed),
  run.undone ? 'taken back' : '',
  runWords(run),
];

/**
 * Shows what would come back, asks, and takes back exactly that.
 * Returns 1 where something could not be brought back.
 */
export async function takeBack(
  cli: Cli,
  wish: { readonly ref?: string; readonly force: boolean },
): Promise<number> {
  return withGateway(cli, false, async (gateway) => {
    const { plan } = await gateway.request('undo.show', wish);
    if (!cli.out.json) show(cli, plan);
    if (plan.changes.length > 0)
      await sure(cli, {
        question: 'Take it back?',
        byDefault: true,
        otherwise: 'Nothing was taken back.',
      });
    const order = { ref: plan.of.run, force: wish.force, plan: plan.digest };
    const { restored } = await gateway.request('undo.restore', order);
    if (cli.out.json) cli.out.object({ restored });
    else report(cli, restored);
    return restored.failed.length > 0 ? 1 : 0;
  });
}

function show(cli: Cli, plan: UndoPlan): void {
  const { of, changes } = plan;
  cli.out.say(`Run ${of.code} in ${visible(of.folder)}: ${runWords(of)}`);
  cli.out.say(`Taking it back: ${countWords(changes)}.`);
  for (const line of changeLines(plan)) cli.out.say(`  ${line}`);
  if (plan.kept.length > 0 && changes.length > 0)
    cli.out.hint(`To take those back as well:   atom undo ${of.code} --force`);
}

function report(cli: Cli, { of, changes, failed }: Restored): void {
  cli.out.data(`Took back run ${of.code} (${runWords(of)}): ${countWords(changes)}.`);
  for (const { path, why } of failed)
    cli.out.warn(`${visible(path)} could not be brought back: ${why}`);
  cli.out.hint('See what else can be taken back, also this:   atom undo --list');
}
