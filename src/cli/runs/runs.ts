import { duration, systemClock } from '../../base/clock.ts';
import { sizeWords } from '../../base/size.ts';
import { visible } from '../../base/visible.ts';
import type { RunReport, RunSummary } from '../../domain/run-report.ts';
import type { Cli } from '../cli.ts';
import { clipped, table } from '../out/table.ts';
import { ask } from './place.ts';

const load = () => import('../../assembly/run-reports.ts');
const WIDTH = 120;

/** The latest runs: when, who, what, and how each ended. */
export async function listRuns(
  cli: Cli,
  wish: { readonly limit: number; readonly all: boolean },
): Promise<void> {
  const { runs } = await ask(
    cli,
    (gateway) => gateway.request('runs.list', wish),
    async (place) => ({ runs: await (await load()).listRuns(place, wish) }),
  );
  if (cli.out.json) return cli.out.object({ runs });
  if (runs.length === 0) return cli.out.say('Nothing was run yet.');
  const now = systemClock.now();
  const rows = runs.map((run) => rowOf(run, now));
  const width = process.stdout.columns ?? WIDTH;
  for (const line of table([['RUN', 'AGO', 'TOOK', 'WHO', 'END', 'WHAT'], ...rows]))
    cli.out.data(clipped(line, width));
  const open = runs.filter(isInDoubt);
  if (open.length > 0) {
    const many = open.length === 1 ? 'One is' : `${open.length} are`;
    cli.out.warn(`${many} in doubt, cut off in the middle: nothing is repeated by itself.`);
    for (const { code } of open) cli.out.hint(settleWords(code));
  }
  cli.out.hint('See one, and what it printed:   atom runs show <run>, then atom runs output <run>');
}

const MOST_WORDS = 60;
/** How it ended stands before what it was: that may be cut, and this may not. */
const MOST_END = 40;

const rowOf = (run: RunSummary, now: number): readonly string[] => [
  run.code,
  duration(now - run.begunAt),
  run.endedAt === undefined ? '' : tookWords(run.endedAt - run.begunAt),
  run.who,
  clipped(stateWords(run), MOST_END),
  clipped(visible(wordsOf(run)), MOST_WORDS),
];

const wordsOf = ({ action, words }: RunSummary): string => words.join(' ') || action;

const tookWords = (ms: number): string => (ms < 1000 ? `${ms} ms` : duration(ms));

/** A run that began and did not end runs, or was cut off with its gateway. */
function stateWords(run: RunSummary): string {
  if (isInDoubt(run)) return 'in doubt';
  return run.state === 'begun' ? 'not ended' : (run.end.split('\n')[0] ?? run.end);
}

const isInDoubt = ({ state }: RunSummary): boolean => state === 'uncertain';

const settleWords = (code: string): string =>
  `Look, then say what is true:   atom runs settle ${code} --happened (or --again, or --forget)`;

/** Everything on record about one run. */
export async function showRun(cli: Cli, ref: string): Promise<void> {
  const { run } = await ask(
    cli,
    (gateway) => gateway.request('runs.show', { ref }),
    async (place) => ({ run: await (await load()).showRun(place, ref) }),
  );
  if (cli.out.json) return cli.out.object({ run });
  for (const line of table(detailsOf(run))) cli.out.data(line);
  if (isInDoubt(run)) cli.out.hint(settleWords(run.code));
  if (run.kept !== undefined) cli.out.hint(`What it printed:   atom runs output ${run.code}`);
}

function detailsOf(run: RunReport): readonly (readonly [string, string])[] {
  const { bytes, kept } = run;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['run', `${run.code}  (${run.id})`],
    ['what', `${run.action}: ${run.words.join(' ')}`],
    ['who', run.who],
    ['jail', run.jail],
    ['begun', new Date(run.begunAt).toISOString()],
    ['took', run.endedAt === undefined ? undefined : tookWords(run.endedAt - run.begunAt)],
    ['state', run.state],
    ['ended', run.end.replaceAll('\n', ' ')],
    ...run.why.map((why) => ['decided', why] as const),
    ['complexity', run.complexity === undefined ? undefined : String(run.complexity)],
    ['approval', run.approval],
    ['standing', run.standing],
    ['digest', run.digest],
    ['stdout', bytes && sizeWords(bytes.stdout)],
    ['stderr', bytes && sizeWords(bytes.stderr)],
    ['kept', kept === undefined ? undefined : sizeWords(kept)],
    ['not kept', run.lost],
    ...(run.quarantined ?? []).map((path) => ['quarantined', path] as const),
  ];
  return rows.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}
