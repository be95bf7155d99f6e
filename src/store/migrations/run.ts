import { AtomError } from '../../base/errors.ts';
import type { Sql, Store } from '../../domain/store.ts';

export interface Migration {
  readonly version: number;
  readonly statements: readonly string[];
}

/**
 * Brings a store to the newest version in one transaction: all the way, or not at all. Forward only: a
 * store written by a newer atom is refused and left as it is.
 */
export async function migrate(store: Store, migrations: readonly Migration[]): Promise<void> {
  await store.run('CREATE TABLE IF NOT EXISTS schema_version(version INTEGER NOT NULL) STRICT');
  const newest = Math.max(...migrations.map(({ version }) => version));
  const found = await versionOf(store);
  if (found > newest) {
    throw new AtomError(
      'failed',
      `The database is of version ${found}; this atom knows up to ${newest}.`,
      {
        next: ['Update atom, or use another profile: atom -p <name> …'],
      },
    );
  }
  const missing = migrations.filter(({ version }) => version > found);
  if (missing.length === 0) return;
  await store.tx(async (sql) => {
    for (const migration of missing) await apply(sql, migration);
  });
}

async function versionOf(sql: Sql): Promise<number> {
  const row = await sql.get('SELECT max(version) AS version FROM schema_version');
  return Number(row?.version ?? 0);
}

async function apply(sql: Sql, { version, statements }: Migration): Promise<void> {
  for (const statement of statements) await sql.run(statement);
  await sql.run('INSERT INTO schema_version(version) VALUES($1)', version);
}
