import { describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import type { Action, Grant, Outcome } from '../../src/domain/action.ts';
import { redeem } from '../../src/governance/grant.ts';
import { spendApproval } from '../../src/store/tables/approvals.ts';
import { newestEntries } from '../../src/store/tables/audit.ts';
import { beginRun, findRun } from '../../src/store/tables/runs.ts';
import { until } from '../flows/stage/until.ts';
import { freshStore, heldClock } from '../store/fresh.ts';
import { intent, type Scene, setGovernor } from './stage.ts';

type Stage = Awaited<ReturnType<typeof setGovernor>>;

const reason = (outcome: Outcome): string => (outcome.ok ? 'done' : outcome.reason);

/** A stage whose owner says yes or no to everything. */
async function answered(verdict: 'approve' | 'deny', typed = false, scene: Scene = {}) {
  const holder: { stage?: Stage } = {};
  const stage = await setGovernor({
    ...scene,
    answer: ({ id }) => {
      const by = { surface: 'terminal', id: 'owner' };
      holder.stage?.approvals.answer({ ref: id, verdict, typed, by });
    },
  });
  holder.stage = stage;
  return stage;
}

describe('the one way out', () => {
  it('knows no action that is not in its table, and says so on the record', async () => {
    const { perform, kinds } = await setGovernor();
    expect(reason(await perform(intent('1', 'world.end')))).toBe('policy');
    expect(reason(await perform(intent('2', 'constructor')))).toBe('policy');
    expect(await kinds()).toEqual(['refused', 'refused']);
  });

  it('does at once what an agent may do by itself, with its begin and its end on record', async () => {
    const { perform, world, kinds } = await setGovernor();
    expect(await perform(intent('1', 'file.read', { path: 'a' }))).toEqual({
      ok: true,
      value: { times: 1 },
    });
    expect(world.done).toEqual([{ path: 'a' }]);
    expect(await kinds()).toEqual(['begun', 'done']);
  });

  it('asks, and does it once the owner said yes', async () => {
    const { perform, world, kinds, asked, store } = await answered('approve');
    expect(reason(await perform(intent('1')))).toBe('done');
    expect(world.done).toHaveLength(1);
    expect(await kinds()).toEqual(['approval.asked', 'approval.approved', 'begun', 'done']);
    expect(await store.get('SELECT state FROM approval')).toEqual({ state: 'used' });
    expect(asked[0]?.card.factor).toBe('tap');
  });

  it('asks, and does nothing once the owner said no', async () => {
    const { perform, world, kinds } = await answered('deny');
    expect(reason(await perform(intent('1')))).toBe('denied');
    expect(world.done).toEqual([]);
    expect(await kinds()).toEqual(['approval.asked', 'approval.denied', 'refused']);
  });

  it('does nothing when nobody answers in time', async () => {
    const clock = heldClock();
    const { perform, world, asked, kinds } = await setGovernor({
      clock: { ...clock, now: () => (asked.length === 0 ? clock.now() : clock.now() + 60_000) },
    });
    expect(reason(await perform(intent('1')))).toBe('expired');
    expect(world.done).toEqual([]);
    expect(await kinds()).toContain('approval.expired');
  });

  it('takes its question back when it is stopped', async () => {
    const { perform, world, asked, store } = await setGovernor();
    const stop = new AbortController();
    const outcome = perform(intent('1'), { signal: stop.signal });
    await until('it asks', () => asked.length === 1);
    stop.abort();
    expect(reason(await outcome)).toBe('stopped');
    expect(await store.get('SELECT state FROM approval')).toEqual({ state: 'void' });
    expect(world.done).toEqual([]);
  });

  it('never asks nor acts for somebody who was stopped before', async () => {
    const { perform, world } = await setGovernor();
    const stopped = { signal: AbortSignal.abort() };
    expect(reason(await perform(intent('1', 'file.read'), stopped))).toBe('stopped');
    expect(reason(await perform(intent('2'), stopped))).toBe('stopped');
    expect(world.done).toEqual([]);
  });

  it('does not do what changed while the owner was thinking', async () => {
    const stage = await setGovernor();
    const outcome = stage.perform(intent('1'));
    const [question] = await until('it asks', () => stage.asked.length > 0 && stage.asked);
    stage.world.facts = 2;
    const by = { surface: 'terminal', id: 'owner' };
    const yes = { ref: question?.id ?? '', verdict: 'approve', typed: false, by } as const;
    await stage.approvals.answer(yes);
    const message = expect.stringContaining('Something changed between your yes and the run');
    expect(await outcome).toEqual({ ok: false, reason: 'blocked', message });
    expect(stage.world.done).toEqual([]);
  });

  it('does not do what the agent may no longer do when the yes comes', async () => {
    const stage = await setGovernor();
    const outcome = stage.perform(intent('1'));
    const [question] = await until('it asks', () => stage.asked.length > 0 && stage.asked);
    stage.age.maturity = 'student';
    const by = { surface: 'terminal', id: 'owner' };
    const yes = { ref: question?.id ?? '', verdict: 'approve', typed: false, by } as const;
    await stage.approvals.answer(yes);
    expect(reason(await outcome)).toBe('blocked');
    expect(stage.world.done).toEqual([]);
  });

  it('does what was asked for, not what the asker made of it afterwards', async () => {
    const stage = await setGovernor();
    const resource = { path: 'a' };
    const outcome = stage.perform(intent('1', 'file.write', resource));
    const [question] = await until('it asks', () => stage.asked.length > 0 && stage.asked);
    resource.path = 'b';
    const by = { surface: 'terminal', id: 'owner' };
    const yes = { ref: question?.id ?? '', verdict: 'approve', typed: false, by } as const;
    await stage.approvals.answer(yes);
    expect(reason(await outcome)).toBe('done');
    expect(stage.world.done).toEqual([{ path: 'a' }]);
  });

  it.each(['student', 'unknown'] as const)('lets a %s look and nothing else', async (maturity) => {
    const { perform, world, asked } = await setGovernor({ maturity });
    expect(reason(await perform(intent('1', 'file.read')))).toBe('done');
    expect(reason(await perform(intent('2', 'file.write')))).toBe('policy');
    expect(reason(await perform(intent('3', 'shell.exec', { argv: ['rm', 'x'] })))).toBe('policy');
    expect(asked).toEqual([]);
    expect(world.done).toHaveLength(1);
  });

  it('wants the code typed for what destroys, and a tap is not enough', async () => {
    const tapped = await answered('approve', false);
    const wait = tapped.perform(intent('1', 'shell.exec', { argv: ['rm', 'x'] }), {
      signal: AbortSignal.timeout(200),
    });
    expect(reason(await wait)).toBe('stopped');
    expect(tapped.asked[0]?.card.factor).toBe('typed');
    expect(tapped.world.done).toEqual([]);
    const typed = await answered('approve', true);
    expect(reason(await typed.perform(intent('1', 'shell.exec', { argv: ['rm', 'x'] })))).toBe(
      'done',
    );
  });

  it('asks even a grown agent once strangers’ words are in the window', async () => {
    const stage = await setGovernor({ maturity: 'autonomous' });
    expect(reason(await stage.perform(intent('1')))).toBe('done');
    stage.world.labels = { integrity: 'untrusted', confidentiality: 'public' };
    const outcome = stage.perform(intent('2'), { signal: AbortSignal.timeout(200) });
    expect(reason(await outcome)).toBe('stopped');
    expect(stage.asked).toHaveLength(1);
    expect(stage.world.done).toHaveLength(1);
  });
});

describe('a run', () => {
  it('is not repeated for the same id: its end is looked up', async () => {
    const { perform, world } = await setGovernor({ maturity: 'autonomous' });
    const first = await perform(intent('1'));
    expect(await perform(intent('1'))).toEqual(first);
    expect(world.done).toHaveLength(1);
  });

  it('is done once, however many ask for it at the same moment', async () => {
    const { perform, world } = await setGovernor({ maturity: 'autonomous' });
    const all = await Promise.all(Array.from({ length: 5 }, () => perform(intent('1'))));
    expect(world.done).toHaveLength(1);
    for (const outcome of all) expect(outcome).toEqual(all[0]);
  });

  it('lends its id to nothing else, under way or over', async () => {
    const { perform, governor, world } = await setGovernor({ maturity: 'autonomous' });
    const [first, second] = await Promise.all([
      perform(intent('1', 'file.write', { a: 1 })),
      perform(intent('1', 'file.write', { a: 2 })),
    ]);
    expect([reason(first), reason(second)]).toEqual(['done', 'blocked']);
    expect(reason(await perform(intent('1', 'file.read')))).toBe('blocked');
    const other = governor.performAs({ kind: 'system', id: 'atom' });
    const [mine, theirs] = await Promise.all([perform(intent('2')), other(intent('2'))]);
    expect([reason(mine), reason(theirs)]).toEqual(['done', 'blocked']);
    expect(world.done).toHaveLength(2);
  });

  it('that a crash cut off is uncertain and not done again, unless it only looked', async () => {
    const { perform, world, store, kinds } = await setGovernor({ maturity: 'autonomous' });
    const begun = { digest: 'd', state: 'begun', begunAt: 1 } as const;
    const old = 'old';
    await beginRun(store, { ...begun, id: 'w', action: 'file.write' }, old);
    await beginRun(store, { ...begun, id: 'r', action: 'file.read' }, old);
    expect(reason(await perform(intent('w')))).toBe('uncertain');
    expect(reason(await perform(intent('w')))).toBe('uncertain');
    expect(world.done).toHaveLength(0);
    expect(await kinds()).toEqual(['run.uncertain']);
    expect(reason(await perform(intent('r', 'file.read')))).toBe('done');
  });

  it('that only looked and was cut off by a stop may look again', async () => {
    const stop = new AbortController();
    const tries: number[] = [];
    const slow: Action = {
      name: 'file.list',
      prepare: async (resource) => ({
        resource,
        facts: {},
        card: { kind: 'file', words: [], may: [], undo: '' },
      }),
      execute: async (grant) => {
        redeem(grant);
        tries.push(1);
        if (tries.length > 1) return 'listed';
        stop.abort();
        throw new Error('cut off');
      },
    };
    const { perform } = await setGovernor({ actions: [slow] });
    const cut = await perform(intent('1', 'file.list'), { signal: stop.signal });
    expect(reason(cut)).toBe('stopped');
    expect(await perform(intent('1', 'file.list'))).toEqual({ ok: true, value: 'listed' });
  });

  it('that failed is on record as failed, with its words', async () => {
    const broken: Action = {
      name: 'file.list',
      prepare: async (resource) => ({
        resource,
        facts: {},
        card: { kind: 'file', words: [], may: [], undo: '' },
      }),
      execute: async () => {
        throw new AtomError('failed', 'the folder is gone \ud800', { next: ['Look for it.'] });
      },
    };
    const { perform, kinds, store } = await setGovernor({ actions: [broken] });
    const outcome = await perform(intent('1', 'file.list'));
    expect(outcome).toEqual({
      ok: false,
      reason: 'failed',
      message: 'the folder is gone \ufffd\nLook for it.',
    });
    expect(await kinds()).toEqual(['begun', 'failed']);
    expect(await findRun(store, '1')).toMatchObject({ state: 'failed' });
    expect(await perform(intent('1', 'file.list'))).toEqual(outcome);
  });

  it('may say that its words are its own only before it looked at anything: what ran may repeat what it saw', async () => {
    const saysOwn = () => {
      throw new AtomError('blocked', 'x leads out.', { own: true });
    };
    const early: Action = { name: 'file.list', prepare: async () => saysOwn(), execute: saysOwn };
    const card = { kind: 'file', words: [], may: [], undo: '' } as const;
    const late: Action = {
      name: 'file.read',
      prepare: async (resource) => ({ resource, facts: {}, card }),
      execute: async () => saysOwn(),
    };
    const { perform } = await setGovernor({ actions: [early, late] });
    const blocked = { ok: false, reason: 'blocked', message: 'x leads out.' };
    expect(await perform(intent('1', 'file.list'))).toEqual({ ...blocked, own: true });
    expect(await perform(intent('2', 'file.read'))).toEqual(blocked);
  });

  it('that ran is never told as not done, even if its end cannot be recorded', async () => {
    const { perform, store, world } = await setGovernor({ maturity: 'autonomous' });
    await store.run(
      `CREATE TRIGGER no_end BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
    );
    const outcome = await perform(intent('1'));
    expect(world.done).toHaveLength(1);
    expect(outcome).toMatchObject({ ok: false, reason: 'uncertain' });
    await store.run('DROP TRIGGER no_end');
    expect(reason(await perform(intent('1')))).toBe('uncertain');
    expect(world.done).toHaveLength(1);
  });

  it('does not happen where it cannot be recorded', async () => {
    const { perform, store, world } = await setGovernor({ maturity: 'autonomous' });
    await store.run(
      `CREATE TRIGGER no_audit BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no more room'); END`,
    );
    await expect(perform(intent('1'))).rejects.toThrow('no more room');
    expect(world.done).toEqual([]);
    expect(await findRun(store, '1')).toBeUndefined();
  });

  it('keeps secrets out of the record', async () => {
    const { perform, store } = await setGovernor();
    const token = '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawx';
    const argv = ['cat', token, 'password=hunter22'];
    await perform(intent('1', 'shell.exec', { argv }));
    const record = JSON.stringify(await newestEntries(store, { limit: 9 }));
    expect(record).not.toContain('AAHdq');
    expect(record).not.toContain('hunter22');
  });

  it('takes half a surrogate pair as what any file would make of it', async () => {
    const { perform, world } = await setGovernor({ maturity: 'autonomous' });
    expect(reason(await perform(intent('1', 'file.write', { text: 'a\ud800' })))).toBe('done');
    expect(world.done).toEqual([{ text: 'a\ufffd' }]);
  });
});

describe('a yes', () => {
  const spent = { id: 'k', digest: 'd', boot: 'b', now: 10 };
  async function withYes(state = 'approved') {
    const { store } = await freshStore();
    await store.run(
      `INSERT INTO approval(id, code, boot, digest, request, card, state, asked_at, expires_at)
       VALUES('k', 'abcd', 'b', 'd', '{}', '{}', $1, 1, 11)`,
      state,
    );
    return store;
  }

  it('is good once, for this digest, in this run of the gateway, until it expires', async () => {
    const store = await withYes();
    expect(await spendApproval(store, { ...spent, digest: 'e' })).toBe(false);
    expect(await spendApproval(store, { ...spent, boot: 'c' })).toBe(false);
    expect(await spendApproval(store, { ...spent, now: 11 })).toBe(false);
    expect(await spendApproval(store, { ...spent, id: 'l' })).toBe(false);
    expect(await spendApproval(store, spent)).toBe(true);
    expect(await spendApproval(store, spent)).toBe(false);
  });

  it.each(['pending', 'denied', 'expired', 'void', 'used'])(
    'is not a question that is %s',
    async (state) => {
      expect(await spendApproval(await withYes(state), spent)).toBe(false);
    },
  );
});

describe('a grant', () => {
  it('opens once, and a forged one never', async () => {
    const kept: Grant[] = [];
    const greedy: Action = {
      name: 'file.list',
      prepare: async (resource) => ({
        resource,
        facts: {},
        card: { kind: 'file', words: [], may: [], undo: '' },
      }),
      execute: async (grant) => {
        kept.push(grant);
        redeem(grant);
        redeem(grant);
        return null;
      },
    };
    const { perform } = await setGovernor({ actions: [greedy] });
    expect(reason(await perform(intent('1', 'file.list')))).toBe('blocked');
    for (const grant of [kept[0], { ...kept[0] }, {}, Object.freeze({})])
      expect(() => redeem(grant as Grant)).toThrow('used before, or never given');
  });
});
