import { existsSync } from 'node:fs';
import { haltWords } from '../../domain/halt.ts';
import type { Cli } from '../cli.ts';
import { bad, type Finding, note } from './finding.ts';

/** Whether anything keeps atom from working that a person decided. */
export async function findHalt({ paths }: Cli): Promise<readonly Finding[]> {
  if (!existsSync(paths.database)) return [];
  const [{ openStore }, { findHalt: halted }, { halt }] = await Promise.all([
    import('../../store/open.ts'),
    import('../../store/tables/halt.ts'),
    import('../../store/migrations/halt.ts'),
  ]);
  const store = await openStore({ file: paths.database, readOnly: true });
  try {
    // A store that no gateway of this version has opened yet has no such table.
    const row = await store.get('SELECT max(version) AS version FROM schema_version');
    if (Number(row?.version) < halt.version) return [];
    const found = await halted(store);
    if (!found) return [];
    const say = found.kind === 'halted' ? bad : note;
    return [say('halt', `${haltWords(found)}.`, 'Let it go on:   atom resume')];
  } finally {
    await store.close();
  }
}
