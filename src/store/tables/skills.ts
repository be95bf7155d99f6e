import { noPermissions } from '../../domain/skill.ts';
import type { SkillApproval, SkillFile } from '../../domain/skill-trust.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** Every approval of a skill, by its id. */
export async function skillApprovals(sql: Sql): Promise<ReadonlyMap<string, SkillApproval>> {
  const rows = await sql.all('SELECT * FROM skill_approval ORDER BY id');
  return new Map(rows.map((row) => [String(row.id), approvalOf(row)]));
}

/** Puts an approval in the place of the one before. */
export const putSkillApproval = (sql: Sql, approval: SkillApproval): Promise<number> =>
  sql.run(
    `INSERT INTO skill_approval(id, digest, permissions, files, at, by)
     VALUES($1, $2, $3, $4, $5, $6) ON CONFLICT(id) DO UPDATE SET digest = excluded.digest,
     permissions = excluded.permissions, files = excluded.files, at = excluded.at, by = excluded.by`,
    approval.id,
    approval.digest,
    JSON.stringify(approval.permissions),
    JSON.stringify(approval.files),
    approval.at,
    approval.by,
  );

/** Forgets everything about a skill. */
export async function deleteSkill(sql: Sql, id: string): Promise<void> {
  for (const table of ['skill_approval', 'skill_off', 'skill_told'])
    await sql.run(`DELETE FROM ${table} WHERE id = $1`, id);
}

/** The ids of those that the owner turned off. */
export async function skillsOff(sql: Sql): Promise<ReadonlySet<string>> {
  const rows = await sql.all('SELECT id FROM skill_off');
  return new Set(rows.map(({ id }) => String(id)));
}

/** 0 where it was so already. */
export const switchSkill = (sql: Sql, id: string, on: boolean): Promise<number> =>
  on
    ? sql.run('DELETE FROM skill_off WHERE id = $1', id)
    : sql.run('INSERT INTO skill_off(id) VALUES($1) ON CONFLICT DO NOTHING', id);

/** Notes what was said about a skill last. 0 where that was said before. */
export const tellSkill = (sql: Sql, id: string, what: string): Promise<number> =>
  sql.run(
    `INSERT INTO skill_told(id, what) VALUES($1, $2)
     ON CONFLICT(id) DO UPDATE SET what = excluded.what WHERE what <> excluded.what`,
    id,
    what,
  );

const approvalOf = ({ id, digest, permissions, files, at, by }: Row): SkillApproval => ({
  id: String(id),
  digest: String(digest),
  // What was approved before there was another permission did not have it.
  permissions: { ...noPermissions, ...JSON.parse(String(permissions)) },
  files: JSON.parse(String(files)) as readonly SkillFile[],
  at: Number(at),
  by: String(by),
});
