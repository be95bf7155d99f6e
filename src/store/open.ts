import type { Store } from '../domain/store.ts';
import { first } from './migrations/first.ts';
import { halt } from './migrations/halt.ts';
import { migrate } from './migrations/run.ts';

/**
 * Opens the store and brings it up to date. With `readOnly` the file must exist and is taken as it is.
 * The driver is loaded here, on first use.
 */
export async function openStore({
  file,
  readOnly = false,
}: {
  readonly file: string;
  readonly readOnly?: boolean;
}): Promise<Store> {
  const { openSqlite } = await import('./drivers/sqlite.ts');
  const store = openSqlite({ file, readOnly });
  try {
    if (!readOnly) await migrate(store, [first, halt]);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
