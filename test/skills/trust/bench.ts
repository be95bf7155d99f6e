import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { noPermissions, type Skill, type SkillPermissions } from '../../../src/domain/skill.ts';
import type { SkillListing } from '../../../src/domain/skill-trust.ts';
import { createAudit } from '../../../src/governance/audit/append.ts';
import type { SkillPlace } from '../../../src/skills/find-folders.ts';
import type { FoundFolder } from '../../../src/skills/trust/judge.ts';
import { createKeptTexts } from '../../../src/skills/trust/kept-texts.ts';
import { createLock } from '../../../src/skills/trust/lock.ts';
import { createShelf } from '../../../src/skills/trust/shelf.ts';
import { readSources } from '../../../src/skills/trust/sources.ts';
import { freshFolder, freshStore, heldClock } from '../../store/fresh.ts';

export const soon = (): AbortSignal => AbortSignal.timeout(20_000);

/** A shelf over a real store, lock and folders; what a skill says of itself is told instead of asked. */
export async function openBench({ afterFind = () => undefined }: { afterFind?: () => void } = {}) {
  const root = freshFolder();
  const { store } = await freshStore();
  const clock = heldClock();
  const places = new Map<string, { place: SkillPlace; says: Partial<Skill> }>();
  const read = async (place: SkillPlace): Promise<FoundFolder> => {
    const sources = await readSources(place.folder);
    const name = place.id.split('/').at(-1) ?? '';
    const says = places.get(place.id)?.says ?? {};
    const skill: Skill = {
      name,
      kind: 'module',
      origin: place.origin,
      description: 'Does a thing',
      examples: [],
      version: '1.0.0',
      digest: sources.digest,
      complexity: 1,
      input: {},
      permissions: noPermissions,
      ...says,
    };
    return { ...place, sources, skills: [{ skill, module: place.folder, folder: place.folder }] };
  };
  const news: SkillListing[] = [];
  const config = join(root, 'config');
  const deps = {
    store,
    clock,
    audit: createAudit(clock),
    read,
    lock: createLock({ config }),
    kept: createKeptTexts(join(root, 'kept')),
    find: async () => {
      const found = await Promise.all([...places.values()].map(({ place }) => read(place)));
      afterFind();
      return { found, skills: found.flatMap(({ skills }) => skills), disabled: [] };
    },
    onLook: () => undefined,
    onNews: (listing: SkillListing) => news.push(listing),
  };
  const shelf = createShelf(deps);
  const put = (id: string, path: string, text: string): void => {
    const file = join(root, id, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const skill = (
    id: string,
    says: Partial<Omit<Skill, 'permissions'>> & { permissions?: Partial<SkillPermissions> } = {},
    place: Partial<SkillPlace> = {},
  ): void => {
    const { permissions, ...rest } = says;
    put(id, 'skill.ts', `// ${id}\n`);
    places.set(id, {
      place: { id, folder: join(root, id), origin: 'profile', ...place },
      says: { ...rest, permissions: { ...noPermissions, ...permissions } },
    });
  };
  const approve = async (id: string) => {
    const { digest } = await shelf.plan(id, soon());
    return shelf.approve({ id, digest, by: 'terminal/owner' }, soon());
  };
  const stateOf = async (id: string) =>
    (await shelf.reload(soon())).find((one) => one.id === id)?.state;
  const kinds = async () => {
    const rows = await store.all(`SELECT kind FROM audit WHERE kind LIKE 'skill.%' ORDER BY seq`);
    return rows.map(({ kind }) => String(kind));
  };
  return {
    root,
    store,
    shelf,
    put,
    skill,
    approve,
    stateOf,
    kinds,
    news,
    places,
    lockFile: join(config, 'skills.lock'),
  };
}
