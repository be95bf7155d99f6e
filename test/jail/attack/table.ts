import { visible } from '../../../src/base/visible.ts';
import { isBad, type Verdict } from './verdict.ts';

/** One round: whose it was, and what came of each row. */
export interface Round {
  readonly who: string;
  readonly verdicts: readonly Verdict[];
}

const COMMAND = 58;
const KIND = 18;

/** The table of some rounds, a line a row: class, id, command, and the verdict for each user. */
export function tableOf(rounds: readonly Round[]): readonly string[] {
  const ids = [...new Set(rounds.flatMap(({ verdicts }) => verdicts.map(keyOf)))];
  const lines = ids.map((key) => {
    const each = rounds.map(({ verdicts }) => verdicts.find((one) => keyOf(one) === key));
    const [{ row } = { row: undefined }] = each.filter((one) => one !== undefined);
    const verdicts = each.map((one) => (one?.verdict ?? '–').padEnd(11)).join('');
    const about = `${row?.kind.padEnd(KIND)}${row?.id.padEnd(7)}${cut(visible(row?.command ?? ''))}`;
    return `${about}  ${verdicts}${reasonOf(each)}`.trimEnd();
  });
  const head = `${'class'.padEnd(KIND)}${'id'.padEnd(7)}${'command'.padEnd(COMMAND)}  `;
  return [`${head}${rounds.map(({ who }) => who.padEnd(11)).join('')}`, ...lines];
}

/** How many of each verdict there were in a round. */
export function summaryOf({ who, verdicts }: Round): string {
  const counts = new Map<string, number>();
  for (const { verdict } of verdicts) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const told = [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ');
  return `${who}: ${verdicts.length} rows: ${told}. Escapes: ${verdicts.filter(({ verdict }) => verdict === 'ESCAPED').length}`;
}

const keyOf = ({ row }: Verdict): string => `${row.id} ${row.command}`;

/** Ordinary verdicts need no words. */
function reasonOf(each: readonly (Verdict | undefined)[]): string {
  const told = each.find(
    (one) => one && (isBad(one) || one.verdict === 'residual' || one.verdict === 'untried'),
  );
  return told ? visible(told.why).slice(0, 160) : '';
}

const cut = (text: string): string =>
  (text.length > COMMAND ? `${text.slice(0, COMMAND - 1).toWellFormed()}…` : text).padEnd(COMMAND);
