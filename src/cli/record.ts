import { existsSync } from 'node:fs';
import { asAtomError } from '../base/errors.ts';
import type { Sql } from '../domain/store.ts';
import type { Cli } from './cli.ts';

/**
 * Reads the profile's record on a connection that cannot write; no gateway is asked. Undefined where
 * there is none yet, or where an older atom wrote it and the next start will bring it up to date.
 */
export async function readRecord<T>(
  { paths }: Pick<Cli, 'paths'>,
  read: (sql: Sql) => Promise<T>,
): Promise<T | undefined> {
  if (!existsSync(paths.database)) return undefined;
  const { openStore } = await import('../store/open.ts');
  const store = await openStore({ file: paths.database, readOnly: true });
  try {
    return await read(store);
  } catch (thrown) {
    if (/no such (table|column)/.test(asAtomError(thrown).message)) return undefined;
    throw thrown;
  } finally {
    await store.close();
  }
}
