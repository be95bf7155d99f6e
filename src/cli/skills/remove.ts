import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { ensureFolder } from '../../config/folder.ts';
import type { Paths } from '../../config/paths.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { PATIENT, withShelf } from './shelf.ts';

/** Takes a skill of the owner's own away; its folder is kept in the trash. */
export async function removeSkill(cli: Cli, id: string): Promise<void> {
  await withShelf(cli, async (gateway) => {
    const { skills } = await gateway.request('skills.list', {}, PATIENT);
    const skill = skills.find((one) => one.id === id);
    if (!skill)
      throw new AtomError('not-found', `There is no skill named ${id}.`, {
        next: ['See which there are:   atom skills list'],
      });
    if (skill.origin !== 'profile')
      throw new AtomError('usage', `${id} is not in your own folder of skills, so it stays.`, {
        next: [`Let it not be used:   atom skills disable ${id}`],
      });
    await sure(cli, { question: `Remove ${id}?` });
    const kept = moveToTrash(cli.paths, id);
    await gateway.request('skills.forget', { id }, PATIENT);
    if (cli.out.json) return cli.out.object({ removed: id, kept });
    cli.out.say(`Removed ${id}. Its folder is kept at ${kept}.`);
    cli.out.hint(`Undo:   atom skills add ${kept}`);
  });
}

/** Moves a folder of the profile's skills aside; gives back where it is. */
export function moveToTrash({ data, skills }: Pick<Paths, 'data' | 'skills'>, id: string): string {
  const day = new Date(systemClock.now()).toISOString().replaceAll(/[:.]/g, '-');
  const place = join(ensureFolder(join(data, 'trash', `skill-${day}`)), id);
  cpSync(join(skills, id), place, { recursive: true, verbatimSymlinks: true });
  rmSync(join(skills, id), { recursive: true });
  return place;
}
