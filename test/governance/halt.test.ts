import { describe, expect, it } from 'vitest';
import type { Action } from '../../src/domain/action.ts';
import type { HaltChange } from '../../src/domain/halt.ts';
import { verifyAudit } from '../../src/governance/audit/verify.ts';
import { redeem } from '../../src/governance/grant.ts';
import { type Halt, openHalt } from '../../src/governance/halt/halt.ts';
import { createResumeAction } from '../../src/governance/halt/resume-action.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { findHalt } from '../../src/store/tables/halt.ts';
import { spoolEvent, takeEvent } from '../../src/store/tables/spool.ts';
import { until } from '../flows/stage/until.ts';
import { intent, setGovernor } from './stage.ts';

const PHONE = { surface: 'telegram', id: '42' } as const;
const HERE = { surface: 'terminal', id: 'owner' } as const;

/** A governor that stands still with a halt, on a real store. */
async function setHalt(actions: readonly Action[] = []) {
  const holder: { halt?: Halt } = {};
  const resume = createResumeAction({
    current: () => holder.halt?.current(),
    lift: async (by) => holder.halt?.lift(by),
  });
  const gates = { halted: async () => holder.halt?.why() };
  const stage = await setGovernor({ gates, actions: [resume, ...actions] });
  const stops: string[] = [];
  const { store, bus, clock, audit, approvals } = stage;
  const deps = { store, bus, clock, audit, approvals };
  const halt = await openHalt({ ...deps, stopTurns: () => stops.push('stopped') });
  holder.halt = halt;
  const changes: HaltChange[] = [];
  bus.on('halt.changed', (change) => changes.push(change));
  const reopen = () => openHalt({ ...deps, stopTurns: () => undefined });
  return { ...stage, halt, stops, changes, reopen };
}

describe('a panic', () => {
  it('refuses everything that an agent asks for, and says since when, by whom and what ends it', async () => {
    const { halt, perform, world, kinds } = await setHalt();
    await halt.panic(PHONE);
    const outcome = await perform(intent('1', 'file.read'));
    expect(outcome).toMatchObject({ ok: false, reason: 'halted' });
    expect(outcome.ok ? '' : outcome.message).toMatch(
      /^Everything is halted since \d\d:\d\d by telegram 42: atom resume$/,
    );
    expect(world.done).toEqual([]);
    expect(await kinds()).toEqual(['halt.panic', 'refused']);
  });

  it('denies every open question in the name of whoever panicked, in the one step that halts', async () => {
    const { halt, perform, asked, store, kinds } = await setHalt();
    const outcomes = ['1', '2'].map((id) => perform(intent(id)));
    await until('both ask', () => asked.length === 2);
    const { denied } = await halt.panic(PHONE);
    expect(denied.toSorted()).toEqual(asked.map(({ card }) => card.code).toSorted());
    for (const outcome of await Promise.all(outcomes)) expect(outcome.ok).toBe(false);
    expect(await store.all('SELECT state, decided_by FROM approval')).toEqual(
      Array(2).fill({ state: 'denied', decided_by: JSON.stringify(PHONE) }),
    );
    expect((await kinds()).slice(2, 5)).toEqual([
      'halt.panic',
      'approval.denied',
      'approval.denied',
    ]);
    expect(await verifyAudit(store)).toMatchObject({ ok: true });
  });

  it('ends what runs at once, before the store has answered, and is on record before that end', async () => {
    const started = Promise.withResolvers<void>();
    const slow: Action = {
      name: 'file.list',
      prepare: async (resource) => ({
        resource,
        facts: {},
        card: { kind: 'file', words: ['look'], may: [], undo: '' },
      }),
      execute: async (grant, signal) => {
        redeem(grant);
        started.resolve();
        await new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason)),
        );
        return null;
      },
    };
    const { halt, perform, stops, kinds, store } = await setHalt([slow]);
    const outcome = perform(intent('1', 'file.list'), { signal: halt.signal() });
    await started.promise;
    const done = halt.panic(HERE);
    expect([stops, halt.signal().aborted]).toEqual([['stopped'], true]);
    await done;
    expect(await outcome).toMatchObject({ ok: false, reason: 'stopped' });
    expect(await kinds()).toEqual(['begun', 'halt.panic', 'failed']);
    expect(await store.get('SELECT state FROM run')).toEqual({ state: 'failed' });
  });

  it('takes no turn that was begun again, and keeps what only waited', async () => {
    const { halt, store } = await setHalt();
    await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
    for (const id of ['a', 'b'])
      await store.tx((sql) => spoolEvent(sql, messageOf(id), 'telegram:dm:42'));
    await takeEvent(store, 'telegram:dm:42');
    await halt.panic(PHONE);
    expect(await store.all('SELECT id, state, result FROM spool ORDER BY seq')).toEqual([
      { id: 'a', state: 'handled', result: 'stopped' },
      { id: 'b', state: 'waiting', result: null },
    ]);
  });

  it('outlives a restart, and a second one changes neither who it was nor when', async () => {
    const { halt, reopen, clock, store } = await setHalt();
    const { halted } = await halt.panic(PHONE);
    (clock as { pass?: (ms: number) => void }).pass?.(60_000);
    expect((await halt.panic(HERE)).halted).toEqual(halted);
    const again = await reopen();
    expect(again.current()).toEqual({ kind: 'halted', by: PHONE, at: halted.at });
    expect([again.signal().aborted, again.why() !== undefined]).toEqual([true, true]);
    expect(await findHalt(store)).toEqual(halted);
  });

  it('holds in memory even where it cannot be written down', async () => {
    const { halt, store, stops, perform } = await setHalt();
    await store.run('DROP TABLE halt');
    await expect(halt.panic(HERE)).rejects.toThrow();
    expect(stops).toEqual(['stopped']);
    expect(await perform(intent('1', 'file.read'))).toMatchObject({ reason: 'halted' });
  });

  it('refuses what the owner asks for as well, save its own end', async () => {
    const { halt, governor, world } = await setHalt();
    await halt.panic(HERE);
    const owner = governor.performAs({ kind: 'owner', id: 'owner' });
    expect(await owner(intent('1', 'file.read'))).toMatchObject({ reason: 'halted' });
    expect(world.done).toEqual([]);
  });

  it('that comes while another one is being ended is the one that counts', async () => {
    const { halt, store } = await setHalt();
    await halt.panic(PHONE);
    const lifting = halt.lift(HERE);
    await halt.panic(HERE);
    await lifting;
    expect(halt.why()).toBeDefined();
    expect((await findHalt(store))?.kind).toBe('halted');
  });
});

describe('the end of a halt', () => {
  it('is an act of the owner, of the highest complexity, and nobody else’s', async () => {
    const { halt, perform, governor, asked, approvals, changes, kinds } = await setHalt();
    await halt.panic(PHONE);
    const ask = intent('1', 'halt.resume', { ...HERE });
    expect(await perform(ask)).toMatchObject({ reason: 'halted' });
    const system = governor.performAs({ kind: 'system', id: 'atom' });
    expect(await system({ ...ask, id: '2' })).toMatchObject({ reason: 'halted' });
    const owner = governor.performAs({ kind: 'owner', id: 'owner' });
    const outcome = owner({ ...ask, id: '3' });
    await until('it asks', () => asked.length === 1);
    expect(asked[0]?.card).toMatchObject({ risk: 'high', factor: 'typed' });
    const ref = asked[0]?.id ?? '';
    await approvals.answer({ ref, verdict: 'approve', by: HERE, typed: true });
    expect(await outcome).toMatchObject({ ok: true });
    expect(halt.current()).toBeUndefined();
    expect(halt.signal().aborted).toBe(false);
    expect(changes.at(-1)).toMatchObject({ was: { kind: 'halted' }, now: undefined, by: HERE });
    expect(await kinds()).toContain('halt.resumed');
    expect(await perform(intent('4', 'file.read'))).toMatchObject({ ok: true });
  });

  it('cannot be asked for by an agent that got through', async () => {
    const { halt } = await setHalt();
    await halt.panic(PHONE);
    const action = createResumeAction(halt);
    const agent = { id: 'a', name: 'a', maturity: 'autonomous', model: 'offline', workspace: 'w' };
    await expect(
      action.prepare({ ...HERE }, { ...agent, paused: false } as never),
    ).rejects.toMatchObject({ code: 'blocked' });
  });
});

describe('a pause', () => {
  it('refuses nothing that is under way, and does not take the place of a halt', async () => {
    const { halt, perform, kinds, reopen } = await setHalt();
    await halt.pause(HERE);
    expect([halt.current()?.kind, halt.why(), halt.signal().aborted]).toEqual([
      'paused',
      undefined,
      false,
    ]);
    expect(await perform(intent('1', 'file.read'))).toMatchObject({ ok: true });
    expect((await reopen()).current()?.kind).toBe('paused');
    await expect(halt.pause(HERE)).rejects.toThrow('atom is paused');
    await halt.panic(PHONE);
    await expect(halt.pause(HERE)).rejects.toThrow('Everything is halted');
    expect(await kinds()).toEqual(['halt.paused', 'begun', 'done', 'halt.panic']);
  });

  it('that a panic overtakes stays a panic', async () => {
    const { halt, store } = await setHalt();
    await Promise.all([halt.pause(HERE), halt.panic(PHONE)]);
    expect([halt.current()?.kind, (await findHalt(store))?.kind]).toEqual(['halted', 'halted']);
  });
});

const messageOf = (id: string) => ({
  id,
  externalId: id,
  text: id,
  media: [],
  isGroup: false,
  mentionsMe: false,
  at: 1,
  from: { channel: 'telegram', account: '1', peer: '42' },
  sender: { id: '42' },
  kind: 'message' as const,
});
