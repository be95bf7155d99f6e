import { sha256 } from '../../base/digest.ts';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { SkillApproval, SkillListing } from '../../domain/skill-trust.ts';
import { permissionWords, together } from '../../domain/skill-words.ts';
import type { Store } from '../../domain/store.ts';
import type { Audit } from '../../governance/audit/append.ts';
import { skillApprovals, skillsOff, tellSkill } from '../../store/tables/skills.ts';
import type { LoadedSkills } from '../load.ts';
import { type FoundFolder, judge, trustDigest, type Verdict, whyRefused } from './judge.ts';
import type { SkillsLock } from './lock.ts';

export interface SortDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly lock: Pick<SkillsLock, 'agrees'>;
  /** Told each skill that waits or is refused, once for each thing that it is. */
  readonly onNews: (listing: SkillListing) => void;
}

/** What was found, sorted by what may be done with it. */
export interface Sorted {
  readonly found: readonly FoundFolder[];
  readonly listings: readonly SkillListing[];
  readonly ready: readonly FoundFolder[];
  /** The names of those that come with atom. */
  readonly bundled: readonly string[];
}

/** Judges what was found beside what the owner approved, and says what is news on record. */
export async function sortFound(
  deps: SortDeps,
  { found, disabled }: LoadedSkills,
): Promise<Sorted> {
  const { store, lock } = deps;
  const [approvals, off] = [await skillApprovals(store), await skillsOff(store)];
  const wishes = { approvals, off, agrees: lock.agrees };
  const bundled = [...found, ...disabled]
    .filter(({ origin }) => origin === 'bundled')
    .map(({ id }) => id);
  const judged = found.map((one) => {
    return { one, verdict: refusalOf(one, bundled) ?? judge(one, wishes) };
  });
  const listings = [
    ...judged.map(({ one, verdict }) => listingOf(one, verdict, approvals.get(one.id))),
    ...disabled.map(({ id, origin, folder, reason: why }): SkillListing => {
      return { id, origin, folder, skills: [], may: [], state: 'broken', why };
    }),
  ];
  for (const listing of listings) await tellNews(deps, listing);
  const ready = judged.filter(({ verdict }) => verdict.state === 'ready').map(({ one }) => one);
  return { found, listings, ready, bundled };
}

/** Undefined where a folder may be approved. */
export function refusalOf(one: FoundFolder, bundled: readonly string[]): Verdict | undefined {
  const why = whyRefused(one, bundled);
  return why === undefined ? undefined : { state: 'broken', why };
}

/** A folder as it is listed. */
export const listingOf = (
  found: FoundFolder,
  verdict: Verdict,
  approval: SkillApproval | undefined,
): SkillListing => {
  const { id, origin, folder, skills, notes } = found;
  return {
    id,
    origin,
    folder,
    digest: trustDigest(found),
    ...verdict,
    skills: skills.map(({ skill }) => {
      const { name, kind, version, description, examples, complexity, input } = skill;
      return { name, kind, version, description, examples, complexity, input };
    }),
    may: permissionWords(together(skills.map(({ skill }) => skill.permissions))),
    ...(notes ? { notes } : {}),
    ...(approval ? { approved: { at: approval.at, by: approval.by } } : {}),
  };
};

/** What waits or is refused goes on record once for each thing that it is, not at every look. */
async function tellNews({ store, audit, onNews }: SortDeps, listing: SkillListing): Promise<void> {
  const { id, state, why = '', digest = '' } = listing;
  if (state !== 'waiting' && state !== 'broken') return;
  const isNew = await store.tx(async (sql) => {
    if ((await tellSkill(sql, id, sha256(`${state} ${why} ${digest}`))) === 0) return false;
    await audit(sql, state === 'waiting' ? 'skill.waits' : 'skill.refused', { id, why, digest });
    return true;
  });
  if (isNew) onNews(listing);
}

/** The listing of an id. Throws AtomError `not-found`. */
export function listed({ listings }: Sorted, id: string): SkillListing {
  const listing = listings.find((one) => one.id === id);
  if (listing) return listing;
  const names = listings.map((one) => one.id).join(', ') || 'none';
  throw new AtomError('not-found', `There is no skill named ${visible(id)}.`, {
    next: [`There are: ${names}`],
  });
}
