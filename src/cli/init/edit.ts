import { readConfig, readRaw } from '../../config/file.ts';
import type { Config } from '../../config/schema.ts';
import { createAsker } from '../ask/asker.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { requireStopped } from '../gateway.ts';
import { defaultPlan, type Plan } from './plan.ts';
import { askPlan } from './questions.ts';
import { tellWritten, writeProfile } from './write.ts';

/**
 * The questions again, with what is set now as their answers. Nothing else of the settings changes. What
 * `given` says is not asked; `--yes` leaves the rest as it is. Throws AtomError `already-running` where a
 * gateway runs, and `config` where there is no profile or it is broken.
 */
export async function editProfile(cli: Cli, given: Partial<Plan>): Promise<void> {
  const present = presentPlan(cli.paths.profile, await readConfig(cli.paths));
  await requireStopped(cli);
  const plan = cli.flags.yes ? { ...present, ...given } : await ask(cli, given, present);
  tellWritten(cli, await writeProfile(cli, plan, await readRaw(cli.paths)));
}

function presentPlan(
  profile: string,
  { model, workspace, jails, channels: { telegram } }: Config,
): Plan {
  const { folder } = jails.find(({ name }) => name === workspace) ?? defaultPlan(profile);
  return { folder, model, ...(telegram?.enabled ? { telegram: { allow: telegram.allow } } : {}) };
}

async function ask(cli: Cli, given: Partial<Plan>, present: Plan): Promise<Plan> {
  requirePerson(
    cli,
    'The questions are to be answered',
    'Without questions, for example:   atom init --edit --yes --model offline',
  );
  const asker = createAsker();
  try {
    return await askPlan({ cli, asker }, given, present);
  } finally {
    asker.close();
  }
}
