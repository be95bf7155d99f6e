import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { Store } from '../../src/domain/store.ts';
import { freshStore } from './fresh.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Writes rows of these texts, each by itself and each a turn of the event loop after the one before. */
async function writeInTurns(store: Store, texts: readonly string[]): Promise<void> {
  const writes: Promise<number>[] = [];
  for (const text of texts) {
    const row = [text, 'x', 1] as const;
    writes.push(store.run('INSERT INTO phrase(text, canonical, at) VALUES($1, $2, $3)', ...row));
    await turn();
  }
  await Promise.all(writes);
}

/** How many commits of others the database saw meanwhile. */
async function commitsOf(file: string, work: () => Promise<void>): Promise<number> {
  const other = new Database(file);
  let [seen, commits] = [other.pragma('data_version', { simple: true }), 0];
  const look = (): void => {
    const now = other.pragma('data_version', { simple: true });
    if (now !== seen) commits += 1;
    seen = now;
  };
  let over = false;
  const looking = (async () => {
    while (!over) {
      look();
      await turn();
    }
  })();
  await work();
  over = true;
  await looking;
  look();
  other.close();
  return commits;
}

it('what is written in two turns of the event loop shares one commit, and what comes later does not', async () => {
  const { store, file } = await freshStore();
  expect(await commitsOf(file, () => writeInTurns(store, ['a', 'b']))).toBe(1);
  expect(
    await commitsOf(file, () => writeInTurns(store, ['c', 'd', 'e', 'f', 'g', 'h'])),
  ).toBeGreaterThan(1);
  expect(await store.all('SELECT text FROM phrase ORDER BY text')).toHaveLength(8);
});
