import type { Sql } from '../../domain/store.ts';

/** The second factor as it is kept: never its secret, never a code. */
export interface FactorRow {
  readonly enrolledAt: number;
  /** The newest time step whose code was used; that one and those before it never work again. */
  readonly lastStep: number;
  /** Codes in a row that were refused. */
  readonly failures: number;
  /** Milliseconds since 1970; null while nothing is locked. */
  readonly lockedUntil: number | null;
}

export async function factorRow(sql: Sql): Promise<FactorRow | undefined> {
  const row = await sql.get('SELECT * FROM second_factor WHERE one = 1');
  return (
    row && {
      enrolledAt: Number(row.enrolled_at),
      lastStep: Number(row.last_step),
      failures: Number(row.failures),
      lockedUntil: row.locked_until === null ? null : Number(row.locked_until),
    }
  );
}

/** Throws where there is one already. */
export const insertFactor = (
  sql: Sql,
  { enrolledAt, lastStep }: Pick<FactorRow, 'enrolledAt' | 'lastStep'>,
): Promise<number> =>
  sql.run(
    'INSERT INTO second_factor(one, enrolled_at, last_step) VALUES(1, $1, $2)',
    enrolledAt,
    lastStep,
  );

/** Keeps what a check changed. */
export const updateFactor = (
  sql: Sql,
  { lastStep, failures, lockedUntil }: Omit<FactorRow, 'enrolledAt'>,
): Promise<number> =>
  sql.run(
    'UPDATE second_factor SET last_step = $1, failures = $2, locked_until = $3 WHERE one = 1',
    lastStep,
    failures,
    lockedUntil,
  );

export async function deleteFactor(sql: Sql): Promise<void> {
  await sql.run('DELETE FROM second_factor');
  await sql.run('DELETE FROM recovery_code');
}

/** Puts new recovery codes in the place of all that were there. */
export async function replaceRecoveryCodes(sql: Sql, hashes: readonly string[]): Promise<void> {
  await sql.run('DELETE FROM recovery_code');
  for (const hash of hashes) await sql.run('INSERT INTO recovery_code(hash) VALUES($1)', hash);
}

/** How a recovery code was taken: it is spent now, was spent before, or there is none like it. */
export async function spendRecoveryCode(
  sql: Sql,
  hash: string,
  use: { readonly at: number; readonly purpose: string },
): Promise<'spent' | 'used' | 'unknown'> {
  const row = await sql.get('SELECT used_at FROM recovery_code WHERE hash = $1', hash);
  if (!row) return 'unknown';
  if (row.used_at !== null) return 'used';
  await sql.run(
    'UPDATE recovery_code SET used_at = $1, used_for = $2 WHERE hash = $3',
    use.at,
    use.purpose,
    hash,
  );
  return 'spent';
}

/** Recovery codes that were not used yet. */
export async function recoveryCodesLeft(sql: Sql): Promise<number> {
  const row = await sql.get('SELECT count(*) AS n FROM recovery_code WHERE used_at IS NULL');
  return Number(row?.n ?? 0);
}
