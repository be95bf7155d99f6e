import { hasProfile } from '../../config/file.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { exitOf, look, report } from '../doctor/doctor.ts';
import { profileLooks } from '../doctor/looks.ts';
import { planFromFlags } from './from-flags.ts';
import { refuseChanges } from './refuse-changes.ts';
import { setUp, setUpAsking } from './set-up.ts';

/**
 * Sets up a profile, or checks the one that is there and changes nothing (exit 0, or as the doctor's), unless it
 * is to be edited or put away. Questions need a terminal; without one `--yes` takes the defaults and the flags.
 */
export async function init(cli: Cli, options: Readonly<Record<string, unknown>>): Promise<number> {
  if (options.reset === true) {
    await (await import('./reset.ts')).resetProfile(cli);
    return 0;
  }
  if (options.edit === true) {
    await (await import('./edit.ts')).editProfile(cli, await planFromFlags(cli, options));
    return 0;
  }
  if (hasProfile(cli.paths)) refuseChanges(cli, options);
  if (options.check === true || hasProfile(cli.paths)) return await check(cli);
  if (!cli.flags.yes) {
    requirePerson(
      cli,
      `Profile "${cli.paths.profile}" is not set up`,
      'Without questions:   atom init --yes',
    );
  }
  const plan = await planFromFlags(cli, options);
  if (cli.flags.yes) {
    await setUp(cli, plan);
    return 0;
  }
  if (!(await setUpAsking(cli, plan, 'Start now?'))) return 0;
  const { start } = await import('../start/start.ts');
  return await start(cli, { headless: false, jsonLogs: false, setup: false, watchSkills: false });
}

async function check(cli: Cli): Promise<number> {
  if (!cli.out.json) cli.out.say(`Checking profile "${cli.paths.profile}". Nothing is changed.`);
  const findings = await look(cli, profileLooks);
  report(cli, findings);
  return exitOf(findings);
}
