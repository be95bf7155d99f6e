import { systemClock } from '../../base/clock.ts';
import { asAtomError } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';
import { look, report } from '../doctor/doctor.ts';
import { type Finding, good, note } from '../doctor/finding.ts';
import { findPermissions } from '../doctor/machine.ts';
import { findSecondFactor } from '../doctor/second-factor.ts';
import { withGateway } from '../gateway.ts';
import { readRecord } from '../record.ts';
import { keptFindings } from './kept.ts';
import { settingsFindings } from './settings.ts';

/** Says how open this profile is, with the command that closes each door; exits 1 where one is wide open. */
export async function securityAudit(cli: Cli): Promise<number> {
  const looks = [findSettings, findKept, findSkills, findPermissions, findSecondFactor];
  return report(cli, await look(cli, looks)) ? 0 : 1;
}

const findSettings = async ({ paths, env }: Cli): Promise<readonly Finding[]> =>
  settingsFindings(await loadConfig(paths, env), env.home);

async function findKept(cli: Cli): Promise<readonly Finding[]> {
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

/** Only a gateway knows what skills there are now. */
async function findSkills(cli: Cli): Promise<readonly Finding[]> {
  try {
    const { skills } = await withGateway(cli, false, (gateway) =>
      gateway.request('skills.list', {}),
    );
    const waiting = skills.filter(({ state }) => state === 'waiting');
    if (waiting.length === 0) return [good('skills', 'none waits for approval')];
    return waiting.map(({ id }) =>
      note('skills', `${id} waits, and is not used`, `Look at it:   atom skills show ${id}`),
    );
  } catch (thrown) {
    if (asAtomError(thrown).code !== 'not-running') throw thrown;
    return [note('skills', 'known to a running gateway alone', 'Start it:   atom start')];
  }
}
