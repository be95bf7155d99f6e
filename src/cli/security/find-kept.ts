import { systemClock } from '../../base/clock.ts';
import type { Cli } from '../cli.ts';
import { type Finding, note } from '../doctor/finding.ts';
import { readRecord } from '../record.ts';
import { keptFindings } from './kept.ts';

/** What was given and still holds, by the record; no gateway is asked. */
export async function findKept(cli: Cli): Promise<readonly Finding[]> {
  const [{ standingAt }, { allDevices }, { allAgents }] = await Promise.all([
    import('../../store/tables/standing.ts'),
    import('../../store/tables/devices.ts'),
    import('../../store/tables/agents.ts'),
  ]);
  const now = systemClock.now();
  const found = await readRecord(cli, async (sql) =>
    keptFindings(
      {
        standing: await standingAt(sql, now),
        devices: await allDevices(sql),
        agents: await allAgents(sql),
      },
      now,
    ),
  );
  return found ?? [note('standing', 'nothing was ever given: there is no database yet')];
}
