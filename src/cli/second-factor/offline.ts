import { mayBeThere } from '../../base/may-be-there.ts';
import type { Cli } from '../cli.ts';

/** Whether a second factor is enrolled, looked up in the store itself: works without a gateway. */
export async function isEnrolled({ paths }: Pick<Cli, 'paths'>): Promise<boolean> {
  if (!mayBeThere(paths.database)) return false;
  const { openStore } = await import('../../store/open.ts');
  const store = await openStore({ file: paths.database, readOnly: true });
  try {
    // A store that an older atom wrote has no such table, and no second factor.
    const table = `SELECT 1 AS one FROM sqlite_master WHERE name = 'second_factor'`;
    if (!(await store.get(table))) return false;
    return (await store.get('SELECT 1 AS one FROM second_factor')) !== undefined;
  } finally {
    await store.close();
  }
}
