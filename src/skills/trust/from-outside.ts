import { basename } from 'node:path';
import { asAtomError } from '../../base/errors.ts';
import { canonical, type Json } from '../../base/json.ts';
import type { SkillFile, SkillListing } from '../../domain/skill-trust.ts';
import { type SkillPlace, type SkillRoot, skillPlaces } from '../find-folders.ts';
import { MANIFEST } from '../program/manifest.ts';
import { textFolders } from '../text/find.ts';
import { readWords } from '../text/found.ts';
import type { Wishes } from './judge.ts';
import { readSources } from './sources.ts';

/** A skill's folder, as far as it shows without running anything of it. */
export type SeenSkill = Pick<SkillListing, 'id' | 'state' | 'origin' | 'why'>;

/**
 * Every skill there is, and whether it is what the owner approved, by its files alone: for where no gateway
 * runs. What only shows once a skill is compiled is not known here.
 */
export async function seenFromOutside(
  roots: readonly SkillRoot[],
  wishes: Wishes,
): Promise<readonly SeenSkill[]> {
  const seen: SeenSkill[] = [];
  for (const root of roots) {
    for (const place of await skillPlaces(root, ['skill.ts', MANIFEST]))
      seen.push(await judged(place, wishes, async () => (await readSources(place.folder)).files));
    for (const folder of await textFolders(root.folder, root.jail === undefined)) {
      const place = placeOf(root, folder);
      seen.push(await judged(place, wishes, async () => (await readWords(place)).sources.files));
    }
  }
  return seen;
}

const placeOf = ({ origin, jail }: SkillRoot, folder: string): SkillPlace => ({
  id: jail ? `${jail.name}/${basename(folder)}` : basename(folder),
  folder,
  origin,
  ...(jail ? { jail: jail.name } : {}),
});

async function judged(
  { id, origin }: SkillPlace,
  { approvals, off, agrees }: Wishes,
  read: () => Promise<readonly SkillFile[]>,
): Promise<SeenSkill> {
  const said = (state: SeenSkill['state'], why?: string): SeenSkill => ({
    id,
    origin,
    state,
    ...(why === undefined ? {} : { why }),
  });
  if (off.has(id)) return said('off');
  if (origin === 'bundled') return said('ready');
  try {
    const files = await read();
    const approval = approvals.get(id);
    if (!approval) return said('waiting', 'it is new');
    if (listOf(files) !== listOf(approval.files))
      return said('waiting', 'it is not what you approved: it changed since');
    return agrees(approval)
      ? said('ready')
      : said('waiting', 'skills.lock does not say what you approved');
  } catch (thrown) {
    return said('broken', asAtomError(thrown).message);
  }
}

const listOf = (files: readonly SkillFile[]): string =>
  canonical(Object.fromEntries(files.map(({ path, digest }) => [path, digest])) as Json);
