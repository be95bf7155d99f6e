import type { Store } from '../domain/store.ts';
import { agents } from './migrations/agents.ts';
import { circuits } from './migrations/circuits.ts';
import { first } from './migrations/first.ts';
import { halt } from './migrations/halt.ts';
import { labels } from './migrations/labels.ts';
import { questions } from './migrations/questions.ts';
import { migrate } from './migrations/run.ts';
import { secondFactor } from './migrations/second-factor.ts';
import { standing } from './migrations/standing.ts';
import { undo } from './migrations/undo.ts';

/** In the order of their versions. */
const MIGRATIONS = [
  ...[first, secondFactor, undo, agents, standing, labels, halt, questions],
  ...[circuits],
];

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
    if (!readOnly) await migrate(store, MIGRATIONS);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
