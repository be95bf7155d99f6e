import { AtomError } from '../../base/errors.ts';
import { mayBeThere } from '../../base/may-be-there.ts';
import type { Sql } from '../../domain/store.ts';
import type { Cli } from '../cli.ts';

/**
 * Reads the record on a connection that cannot write; no gateway is asked. Throws AtomError `not-found`
 * where there is none yet.
 */
export async function withRecord<T>(cli: Cli, read: (sql: Sql) => Promise<T>): Promise<T> {
  const { database } = cli.paths;
  requireRecord(cli);
  const { openStore } = await import('../../store/open.ts');
  const store = await openStore({ file: database, readOnly: true });
  try {
    return await read(store);
  } finally {
    await store.close();
  }
}

/** Throws AtomError `not-found` where there is no record yet. */
export function requireRecord({ paths }: Pick<Cli, 'paths'>): void {
  if (mayBeThere(paths.database)) return;
  throw new AtomError('not-found', `Profile "${paths.profile}" has no record yet`, {
    next: ['It begins with the first start:   atom start'],
  });
}
