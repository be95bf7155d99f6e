import { existsSync, realpathSync } from 'node:fs';
import { loadConfig } from '../../config/load.ts';
import type { SeenSkill } from '../../skills/trust/from-outside.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';
import { readRecord } from '../record.ts';
import { PATIENT } from '../skills/shelf.ts';
import { packageFolder } from '../version.ts';
import { type Finding, good, note } from './finding.ts';

/** The skills of a running gateway; without one, what shows of them from outside. */
export async function findSkills(cli: Cli): Promise<readonly Finding[]> {
  if ((await whoRuns(cli)) === undefined) return skillFindings(await seenSkills(cli));
  const { skills } = await withGateway(cli, false, (gateway) =>
    gateway.request('skills.list', {}, PATIENT),
  );
  return skillFindings(skills);
}

/** How many skills may be used, and which wait or cannot be. */
export function skillFindings(skills: readonly SeenSkill[]): readonly Finding[] {
  const inState = (state: SeenSkill['state']) => skills.filter((skill) => skill.state === state);
  return [
    good('skills', `${inState('ready').length} may be used`),
    ...inState('waiting').map(({ id, why }) =>
      note(
        'skills',
        `${id} waits for your approval${why === undefined ? '' : `: ${why}`}`,
        `Look at it:   atom skills approve ${id}`,
      ),
    ),
    ...inState('broken').map(({ id, why = 'it cannot be loaded' }) =>
      note('skills', `${id}: ${why}`, `See what is wrong:   atom skills check ${id}`),
    ),
  ];
}

/** All skills as far as they show where no gateway runs: nothing of them is run, and nothing is changed. */
async function seenSkills(cli: Cli): Promise<readonly SeenSkill[]> {
  const { paths, env } = cli;
  const [{ skillRoots }, { seenFromOutside }, { createLock }, { skillApprovals, skillsOff }] =
    await Promise.all([
      import('../../skills/find-folders.ts'),
      import('../../skills/trust/from-outside.ts'),
      import('../../skills/trust/lock.ts'),
      import('../../store/tables/skills.ts'),
    ]);
  const { jails } = await loadConfig(paths, env);
  const roots = skillRoots({
    packageFolder: packageFolder(),
    own: paths.skills,
    jails: jails
      .filter(({ folder }) => existsSync(folder))
      .map(({ name, folder }) => ({ name, folder: realpathSync(folder) })),
  });
  const known = await readRecord(cli, async (sql) => ({
    approvals: await skillApprovals(sql),
    off: await skillsOff(sql),
  }));
  const { agrees } = createLock(paths);
  return seenFromOutside(roots, { approvals: new Map(), off: new Set(), ...known, agrees });
}
