import { systemClock } from '../../base/clock.ts';
import { standingAt } from '../../store/tables/standing.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';
import { readRecord } from '../record.ts';
import { readRules } from './save.ts';
import { standingRows, whenWords } from './words.ts';

/** The rules of the configuration, and the yeses that stand; asks no gateway. */
export async function listRules(cli: Cli): Promise<void> {
  const rules = await readRules(cli);
  const now = systemClock.now();
  const standing = (await readRecord(cli, (sql) => standingAt(sql, now))) ?? [];
  if (cli.out.json) return cli.out.object({ rules, standing });
  if (rules.length === 0)
    cli.out.hint(
      'There is no rule. Add one:   atom rules add no-push --deny --reason TEXT -- git push "**"',
    );
  else {
    const rows = rules.map((rule) => [rule.name, rule.verdict, whenWords(rule), rule.reason]);
    for (const line of table([['NAME', 'VERDICT', 'WHEN', 'REASON'], ...rows])) cli.out.data(line);
  }
  if (standing.length === 0) return;
  cli.out.data('');
  cli.out.data('ALWAYS ALLOWED');
  for (const one of standing) {
    const indent = ' '.repeat(one.id.length);
    standingRows(one, now).forEach((row, at) => {
      cli.out.data(`${at === 0 ? one.id : indent}  ${row}`);
    });
  }
}
