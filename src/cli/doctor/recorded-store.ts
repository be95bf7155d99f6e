import { existsSync } from 'node:fs';
import type { Sql } from '../../domain/store.ts';
import type { Finding } from './finding.ts';

/** Looks at what the database and its record say, on a connection that cannot write. */
export async function onRecordedStore(
  file: string,
  look: (sql: Sql) => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  if (!existsSync(file)) return [];
  const [{ openStore }, { auditTree }] = await Promise.all([
    import('../../store/open.ts'),
    import('../../store/migrations/audit-tree.ts'),
  ]);
  const store = await openStore({ file, readOnly: true });
  try {
    // A store that no gateway of this version has opened yet has no such table.
    const row = await store.get('SELECT max(version) AS version FROM schema_version');
    return Number(row?.version) < auditTree.version ? [] : await look(store);
  } finally {
    await store.close();
  }
}
