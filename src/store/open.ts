import { statSync } from 'node:fs';
import { AtomError } from '../base/errors.ts';
import type { Store } from '../domain/store.ts';
import { inWords } from './drivers/sqlite-words.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { migrate } from './migrations/run.ts';

/**
 * Opens the store and brings it up to date. With `readOnly` the file must exist and is taken as it is.
 * With `checked`, a file that was not closed is looked over first: AtomError `failed` where it is damaged.
 * The driver is loaded here, on first use.
 */
export async function openStore({
  file,
  readOnly = false,
  checked = false,
}: {
  readonly file: string;
  readonly readOnly?: boolean;
  readonly checked?: boolean;
}): Promise<Store> {
  const { openSqlite } = await import('./drivers/sqlite.ts');
  const cutOff = checked && wasCutOff(file);
  const store = openSqlite({ file, readOnly });
  try {
    if (cutOff) await requireWhole(store, file);
    if (!readOnly) await migrate(store, MIGRATIONS);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What SQLite keeps beside a database is gone once that was closed in order. */
function wasCutOff(file: string): boolean {
  try {
    return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  } catch (error) {
    throw inWords(file, error);
  }
}

async function requireWhole(store: Store, file: string): Promise<void> {
  const said = Object.values((await store.get('PRAGMA quick_check(1)')) ?? {})[0];
  if (said === 'ok') return;
  throw new AtomError('failed', `The database is damaged: ${String(said)}. Nothing was changed.`, {
    next: [
      'Put a copy back:   atom backup list',
      'Or begin without it:   atom backup set-aside',
      `Database: ${file}`,
    ],
  });
}
