import { visible } from '../../base/visible.ts';
import type { AgentReport, AgentSummary } from '../../domain/agent-report.ts';
import { wakeWords } from '../../domain/errand.ts';
import { actionsIn, type CapabilityRecord, type Tally } from '../../domain/track-record.ts';
import { bar, short, sparkline } from '../out/bars.ts';
import type { Style } from '../out/style.ts';
import { clipped, padded } from '../out/table.ts';

export interface Drawing {
  readonly style: Style;
  readonly plain: boolean;
}

const WIDTH = 80;
const LABEL = 10;
const MOST_ROWS = 15;
const MOST_CHANGES = 3;

/** An agent's record as lines of at most 80 columns. */
export function drawReport(report: AgentReport, how: Drawing): readonly string[] {
  const { agent, record } = report;
  const { perDay, days, recent, capabilities } = record;
  const busiest = Math.max(0, ...perDay);
  const rest = capabilities.length - MOST_ROWS;
  const lines = [
    ...headRows(agent, how),
    row(
      `${days} days`,
      `${sparkline(perDay, how.plain)}  ${actionsIn(recent)} actions, at most ${busiest} a day`,
    ),
    verdictRow(agent, how),
    '',
    ...tableRows(report, how),
    ...(rest > 0 ? [`and ${rest} more: --json shows them all`] : []),
    ...changeRows(report),
  ];
  return how.plain ? lines.map((line) => line.replaceAll('…', '~')) : lines;
}

/** `12 Aug 2026`, local time. */
export const dayOf = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

function headRows(agent: AgentSummary, { style }: Drawing): readonly string[] {
  const { name, maturity, model, createdAt, paused, skills, training, wakes, askedBy } = agent;
  const facts = [maturity, visible(model), `since ${dayOf(createdAt)}`];
  const head = padded(`${name}  `, LABEL);
  const words = [...facts, ...(paused ? ['PAUSED'] : [])].join(' · ');
  return [
    `${style.bold(head)}${clipped(words, WIDTH - head.length)}`,
    ...jailRows(agent),
    ...(wakes.length > 0
      ? [row('wakes for', wakes.map((kind) => wakeWords[kind]).join(', '))]
      : []),
    ...(askedBy ? [row('asked by', askedBy.join(', ') || 'nobody')] : []),
    row('skills', skills ? skills.join(', ') || 'none' : 'all'),
    ...(training > 0 ? [row('training', `${training} waiting: atom agents training ${name}`)] : []),
  ];
}

/** Who asks decides where it works: what it does for a user, it does in that user's jails. */
function jailRows({ jails, workspace, users }: AgentSummary): readonly string[] {
  const own = placeWords(jails ?? ['all'], workspace);
  if (users.length === 0) return [row('jails', own)];
  return [
    row('jails', `for you: ${own}`),
    ...users.map((user) => row('', `for ${user.name}: ${placeWords(user.jails, user.workspace)}`)),
  ];
}

const placeWords = (jails: readonly string[], workspace: string): string =>
  jails.length === 0 ? 'none, so it runs nothing' : `${jails.join(', ')} (works in ${workspace})`;

function verdictRow({ readiness, verdict }: AgentSummary, { style }: Drawing): string {
  const dress = readiness.ready ? style.good : style.dim;
  return `${'verdict'.padEnd(LABEL)}${dress(clipped(verdict, WIDTH - LABEL))}`;
}

const NAME = 18;
const BAR = 6;
const COLUMNS = ['LOOK', 'SAY', 'CHG', 'DEL', 'YES', 'NO', 'FAIL', 'UNDO', 'HARM'];

/** All columns but EVER are of the last days. */
function tableRows({ record }: AgentReport, how: Drawing): readonly string[] {
  const { capabilities, recent, ever, days } = record;
  if (capabilities.length === 0) return ['It has not done anything yet.'];
  const most = Math.max(...capabilities.map((one) => actionsIn(one.recent)));
  const head = `${'CAPABILITY'.padEnd(NAME)} ${`${days} DAYS`.padStart(BAR + 5)}${'EVER'.padStart(5)}`;
  const all: CapabilityRecord = { capability: 'all', recent, ever };
  return [
    how.style.dim(head + COLUMNS.map((name) => name.padStart(5)).join('')),
    ...capabilities.slice(0, MOST_ROWS).map((one) => tableRow(one, most, how)),
    tableRow(all, 0, how),
  ];
}

function tableRow(
  { capability, recent, ever }: CapabilityRecord,
  most: number,
  how: Drawing,
): string {
  const name = clipped(visible(capability), NAME);
  const drawn = bar(actionsIn(recent), most, { width: BAR, plain: how.plain });
  const counts = [actionsIn(recent), actionsIn(ever), ...countsOf(recent)];
  return `${padded(name, NAME)} ${drawn}${counts.map((count) => short(count).padStart(5)).join('')}`;
}

const countsOf = ({
  actions,
  granted,
  denied,
  failed,
  undone,
  harmful,
}: Tally): readonly number[] => [...actions, ...[granted, denied, failed, undone, harmful]];

function changeRows({ changes }: AgentReport): readonly string[] {
  if (changes.length === 0) return [];
  const lines = changes
    .slice(0, MOST_CHANGES)
    .map(({ at, from, to, why }) => `${dayOf(at)}  ${from} → ${to}  ${visible(why)}`);
  return ['', ...lines.map((line) => clipped(line, WIDTH))];
}

const row = (name: string, words: string): string =>
  `${name.padEnd(LABEL)}${clipped(visible(words), WIDTH - LABEL)}`;
