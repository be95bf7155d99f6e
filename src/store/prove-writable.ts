import type { Store } from '../domain/store.ts';

/** Writes, durably, what is there already. Throws the store's own AtomError where nothing can be written. */
export const proveWritable = (store: Store): Promise<void> =>
  store.tx(async (sql) => {
    await sql.run('UPDATE schema_version SET version = version');
  });
