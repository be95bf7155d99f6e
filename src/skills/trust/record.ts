import type { Clock } from '../../base/clock.ts';
import type { Json } from '../../base/json.ts';
import type { SkillApproval } from '../../domain/skill-trust.ts';
import { together } from '../../domain/skill-words.ts';
import type { Store } from '../../domain/store.ts';
import type { Audit } from '../../governance/audit/append.ts';
import {
  deleteSkill,
  putSkillApproval,
  skillApprovals,
  switchSkill,
} from '../../store/tables/skills.ts';
import { type FoundFolder, trustDigest } from './judge.ts';
import type { KeptTexts } from './kept-texts.ts';
import type { SkillsLock } from './lock.ts';

export interface RecordDeps {
  readonly store: Store;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly lock: SkillsLock;
  readonly kept: KeptTexts;
}

/** Writes an approval down: in the record first, which is what counts, then in the lock. */
export async function recordApproval(
  { store, audit, clock, lock, kept }: RecordDeps,
  found: FoundFolder,
  by: string,
): Promise<SkillApproval> {
  const { id, folder, sources, skills } = found;
  const permissions = together(skills.map(({ skill }) => skill.permissions));
  const { files } = sources;
  const approval = { id, digest: trustDigest(found), permissions, files, at: clock.now(), by };
  const known = await store.tx(async (sql) => {
    await putSkillApproval(sql, approval);
    await switchSkill(sql, id, true);
    const { digest } = approval;
    const body = {
      id,
      digest,
      by,
      files: files.length,
      permissions: permissions as unknown as Json,
    };
    await audit(sql, 'skill.trusted', body);
    return new Set((await skillApprovals(sql)).keys());
  });
  kept.keep(folder, files);
  lock.put(approval, known);
  return approval;
}

/** Turns one off, or on again. False where it was so already. */
export const recordTurn = (
  { store, audit }: RecordDeps,
  id: string,
  on: boolean,
): Promise<boolean> =>
  store.tx(async (sql) => {
    if ((await switchSkill(sql, id, on)) === 0) return false;
    await audit(sql, on ? 'skill.enabled' : 'skill.disabled', { id, by: 'owner' });
    return true;
  });

/** Forgets what was approved. */
export async function recordRemoval({ store, audit, lock }: RecordDeps, id: string): Promise<void> {
  await store.tx(async (sql) => {
    await deleteSkill(sql, id);
    await audit(sql, 'skill.removed', { id, by: 'owner' });
  });
  lock.drop(id);
}
