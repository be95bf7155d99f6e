import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/domain/action.ts';
import type { Store } from '../../src/domain/store.ts';
import type { Unwritten } from '../../src/domain/unwritten.ts';
import { redeem } from '../../src/governance/grant.ts';
import { freshStore, heldClock } from '../store/fresh.ts';
import { intent, type Scene, setGovernor } from './stage.ts';

/** Words that led to an action, of which it is known whether they stand. */
function words(): Unwritten & { readonly told: () => number } {
  let told = 0;
  return {
    left: () => told === 0,
    put: async (sql) => {
      await sql.run('INSERT INTO phrase(text, canonical, at) VALUES($1, $1, 1)', 'led to it');
    },
    stands: () => {
      told += 1;
    },
    told: () => told,
  };
}

const written = async (store: Store): Promise<number> =>
  (await store.all('SELECT text FROM phrase')).length;

const count = (store: Store, table: 'run' | 'approval'): Promise<number> =>
  store.all(`SELECT id FROM ${table}`).then((rows) => rows.length);

async function scene(more: Scene = {}) {
  const { store } = await freshStore();
  const stage = await setGovernor({ store, clock: heldClock(1), maturity: 'autonomous', ...more });
  return { ...stage, store, upfront: words() };
}

/** Nothing but rows, of which the last cannot be written. */
const broken: Action = {
  name: 'feed.post',
  prepare: async (resource) => ({
    resource,
    facts: {},
    card: { kind: 'file', words: ['x'], may: ['y'], undo: 'none' },
  }),
  execute: async () => ({}),
  writer: () => async (grant) => {
    redeem(grant);
    throw new Error('no room for it');
  },
};

describe('what led to an action', () => {
  it('is there once it runs, and whoever said it knows', async () => {
    const { store, perform, upfront } = await scene();
    const seen: unknown[] = [];
    await perform(intent('1'), {
      upfront,
      onBegun: () => seen.push(upfront.told()),
      alongside: async () => () => undefined,
    });
    expect([seen, await written(store), await count(store, 'run')]).toEqual([[1], 1, 1]);
  });

  it('is never apart from the beginning: where that cannot be recorded, neither is there', async () => {
    const { store: whole, upfront } = await scene();
    const tx: Store['tx'] = (work) =>
      whole.tx((sql) =>
        work({
          ...sql,
          run: async (query, ...params) => {
            if (query.includes('INTO audit(')) throw new Error('the disk failed');
            return sql.run(query, ...params);
          },
        }),
      );
    const failing = await setGovernor({ store: { ...whole, tx }, maturity: 'autonomous' });
    await failing.perform(intent('1'), { upfront }).catch(() => undefined);
    expect([await written(whole), await count(whole, 'run'), upfront.told()]).toEqual([0, 0, 0]);
    expect(failing.world.done).toEqual([]);
  });

  it('is written once where what it led to fails, though both are tried again', async () => {
    const { store, perform, upfront } = await scene({ actions: [broken] });
    expect(await perform(intent('1', 'feed.post'), { upfront })).toMatchObject({ ok: false });
    expect([await written(store), upfront.told()]).toEqual([1, 1]);
  });

  it('is left where nothing begins', async () => {
    const { store, perform, upfront } = await scene();
    await perform(intent('1'), { upfront, stillMine: async () => false });
    await perform(intent('2', 'no.such'), { upfront });
    expect([await written(store), upfront.told()]).toEqual([0, 0]);
  });

  it('is there before a question is put', async () => {
    const by = { surface: 'terminal', id: 'owner' } as const;
    const seen: number[] = [];
    const stage = await scene({
      maturity: 'intern',
      answer: ({ id }) => {
        seen.push(stage.upfront.told());
        void stage.approvals.answer({ ref: id, verdict: 'deny', typed: false, by });
      },
    });
    const outcome = await stage.perform(intent('1'), { upfront: stage.upfront });
    expect(outcome).toMatchObject({ ok: false, reason: 'denied' });
    expect([seen, await written(stage.store)]).toEqual([[1], 1]);
  });

  it('and nobody is asked about what is another’s by now', async () => {
    const { store, perform, upfront } = await scene({ maturity: 'intern' });
    const outcome = await perform(intent('1'), { upfront, stillMine: async () => false });
    expect(outcome).toMatchObject({ ok: false, reason: 'stopped' });
    expect([await written(store), await count(store, 'approval')]).toEqual([0, 0]);
  });
});
