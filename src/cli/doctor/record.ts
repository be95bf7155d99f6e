import { existsSync } from 'node:fs';
import type { Cli } from '../cli.ts';
import { bad, type Finding, good, note } from './finding.ts';

/** More than this takes longer to check than a look may. */
const MOST_ENTRIES = 100_000;

/** Whether the record is whole, on a connection that cannot write. */
export async function findRecord({ paths }: Cli): Promise<readonly Finding[]> {
  if (!existsSync(paths.database)) return [];
  const [{ openStore }, { verifyAudit }] = await Promise.all([
    import('../../store/open.ts'),
    import('../../governance/audit/verify.ts'),
  ]);
  const store = await openStore({ file: paths.database, readOnly: true });
  try {
    const row = await store.get('SELECT count(*) AS entries FROM audit');
    const entries = Number(row?.entries);
    if (entries > MOST_ENTRIES) {
      return [
        note('record', `${entries} entries, not checked here`, 'Check it:   atom audit verify'),
      ];
    }
    const result = await verifyAudit(store);
    if (result.ok) return [good('record', `${result.entries} entries, unbroken`)];
    return [
      bad(
        'record',
        `was tampered with: ${result.problem}. The ${result.entries} entries before it hold.`,
        `Look at it:   atom audit show ${result.seq}`,
      ),
    ];
  } finally {
    await store.close();
  }
}
