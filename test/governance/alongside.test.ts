import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/action.ts';
import type { Sql, Store } from '../../src/domain/store.ts';
import { findRun } from '../../src/store/tables/runs.ts';
import { freshStore, heldClock } from '../store/fresh.ts';
import { intent, setGovernor } from './stage.ts';

const note = (sql: Sql, name: string) =>
  sql.run('INSERT INTO phrase(text, canonical, at) VALUES($1, $1, 1)', name);

const notes = async (store: Store) =>
  (await store.all('SELECT text FROM phrase ORDER BY text')).map(({ text }) => text);

async function scene() {
  const { store } = await freshStore();
  const { perform } = await setGovernor({ store, clock: heldClock(1), maturity: 'autonomous' });
  const read = (alongside: (sql: Sql, outcome: Outcome) => Promise<() => void>) =>
    perform(intent('1', 'file.read'), { alongside });
  return { store, read, state: async () => (await findRun(store, '1'))?.state };
}

describe('what is kept alongside the end of a run', () => {
  it('stands together with it, and whoever keeps it is told only then', async () => {
    const { store, read, state } = await scene();
    const steps: unknown[] = [];
    const outcome = await read(async (sql, { ok }) => {
      await note(sql, 'kept');
      const run = await findRun(sql, '1');
      steps.push([ok, run?.state]);
      return () => steps.push('stands');
    });
    expect(outcome).toMatchObject({ ok: true });
    expect(steps).toEqual([[true, 'done'], 'stands']);
    expect([await state(), await notes(store)]).toEqual(['done', ['kept']]);
  });

  it('does not keep the end off the record where it breaks, and leaves nothing of its own', async () => {
    const { store, read, state } = await scene();
    const outcome = await read(async (sql) => {
      await note(sql, 'half');
      throw new Error('no room for the other half');
    });
    expect(outcome).toMatchObject({ ok: true });
    expect([await state(), await notes(store)]).toEqual(['done', []]);
  });
});
