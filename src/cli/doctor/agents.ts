import { existsSync } from 'node:fs';
import { visible } from '../../base/visible.ts';
import type { Cli } from '../cli.ts';
import { bad, type Finding } from './finding.ts';

/** Agents that may do more by the database than the record knows of, on a connection that cannot write. */
export async function findAgents({ paths }: Cli): Promise<readonly Finding[]> {
  if (!existsSync(paths.database)) return [];
  const [{ openStore }, { widenedAgents }, { auditTree }] = await Promise.all([
    import('../../store/open.ts'),
    import('../../governance/conduct/on-record.ts'),
    import('../../store/migrations/audit-tree.ts'),
  ]);
  const store = await openStore({ file: paths.database, readOnly: true });
  try {
    // A store that no gateway of this version has opened yet has no such table.
    const row = await store.get('SELECT max(version) AS version FROM schema_version');
    if (Number(row?.version) < auditTree.version) return [];
    return (await widenedAgents(store)).map(({ agent, from, to }) =>
      bad(
        'agents',
        `${visible(agent)} is ${from} in the database, and the record knows it as ${to} only: somebody changed it past atom`,
        `Take it back to ${to}:   atom start   (atom restart where it runs)`,
        'See what the record knows:   atom audit list --kind agent.promoted',
      ),
    );
  } finally {
    await store.close();
  }
}
