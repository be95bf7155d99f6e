import { realpathSync, statSync } from 'node:fs';
import { AtomError } from '../../base/errors.ts';
import type { Cli } from '../cli.ts';
import { absolute } from '../jails/folder.ts';
import { drawPlan } from './draw.ts';
import { PATIENT, withShelf } from './shelf.ts';

/** Compiles a skill, lets it describe itself in its jail, and says what approving it would mean. */
export async function checkSkill(cli: Cli, named: string): Promise<void> {
  const folder = folderNamed(cli, named);
  const { plan } = await withShelf(cli, (gateway) =>
    folder === undefined
      ? gateway.request('skills.show', { id: named }, PATIENT)
      : gateway.request('skills.check', { folder }, PATIENT),
  );
  if (cli.out.json) return cli.out.object({ plan });
  for (const line of drawPlan(plan, cli.out.style)) cli.out.data(line);
  if (plan.skill.state !== 'waiting') return;
  const next = folder === undefined ? `atom skills approve ${named}` : `atom skills add ${named}`;
  cli.out.hint(`Let it be used:   ${next}`);
}

/** The real folder of what is written as a path; undefined for the name of a skill. */
export function folderNamed({ env }: Pick<Cli, 'env'>, named: string): string | undefined {
  if (!/^(\/|~|\.\.?(\/|$))/.test(named)) return undefined;
  const path = absolute(env, named);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return realpathSync(path);
  throw new AtomError('not-found', `There is no folder ${path}.`);
}
