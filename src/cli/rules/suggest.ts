import { systemClock } from '../../base/clock.ts';
import { suggestionsFrom } from '../../governance/standing/suggest.ts';
import { recentApprovals } from '../../store/tables/approvals.ts';
import { standingAt } from '../../store/tables/standing.ts';
import type { Cli } from '../cli.ts';
import { readRecord } from '../record.ts';
import { offerRows } from './words.ts';

/** More approvals than anybody gives in 30 days. */
const MOST = 10_000;

/** What was approved again and again and never denied; asks no gateway and changes nothing. */
export async function suggestRules(cli: Cli): Promise<void> {
  const now = systemClock.now();
  const found = await readRecord(cli, async (sql) =>
    suggestionsFrom(await recentApprovals(sql, MOST), await standingAt(sql, now), now),
  );
  const suggestions = found ?? [];
  if (cli.out.json) return cli.out.object({ suggestions });
  if (suggestions.length === 0)
    return cli.out.say(
      'Nothing to suggest: no command was approved five times in 30 days and never denied.',
    );
  for (const { offer, approval, at, approved } of suggestions) {
    const [line = '', scope = ''] = offerRows(offer);
    cli.out.data(line);
    cli.out.data(`  approved ${approved} times, never denied, in 30 days`);
    cli.out.data(`  ${scope}`);
    cli.out.hint(`  Always allow it:   atom rules allow ${approval} --offer ${at + 1}`);
  }
}
