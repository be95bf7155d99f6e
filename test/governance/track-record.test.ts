import { describe, expect, it } from 'vitest';
import type { Approval, ApprovalState } from '../../src/domain/approval.ts';
import { capabilityOf } from '../../src/domain/capability.ts';
import type { Run } from '../../src/domain/run.ts';
import type { Store } from '../../src/domain/store.ts';
import { readinessOf, verdictWords } from '../../src/governance/conduct/readiness.ts';
import { readRecord } from '../../src/governance/conduct/record.ts';
import { changeMaturity, ensureAgent, noteSuggested } from '../../src/store/tables/agents.ts';
import { insertApproval } from '../../src/store/tables/approvals.ts';
import { markRun } from '../../src/store/tables/conduct.ts';
import { beginRun, endRun } from '../../src/store/tables/runs.ts';
import { endTraining, insertTraining } from '../../src/store/tables/training.ts';
import { freshStore } from '../store/fresh.ts';
import { request } from './conduct-stage.ts';

const DAY = 86_400_000;
const now = 100 * DAY;
const rule = { actions: 50, denied: 0, undone: 0, days: 14 };

/** Things that `writer` did and was answered, at times that the test chooses. */
async function setRecord() {
  const { store } = await freshStore();
  await ensureAgent(store, { id: 'writer', name: 'writer', maturity: 'intern', createdAt: 1 });
  let count = 0;
  const did = async (at: number, more: Partial<Run> = {}, state: 'done' | 'failed' = 'done') => {
    count += 1;
    const run: Run = {
      id: `r${count}`,
      digest: 'd',
      action: 'shell.exec',
      state: 'begun',
      begunAt: at,
      agent: 'writer',
      capability: 'shell.exec git',
      complexity: 3,
      ...more,
    };
    await beginRun(store, run, 'b');
    await endRun(store, run.id, { state, result: null, at });
    return run.id;
  };
  return { store, did, record: () => readRecord(store, 'writer', { now, days: 14 }) };
}

let asked = 0;
async function answered(store: Store, state: ApprovalState, askedAt: number): Promise<void> {
  asked += 1;
  const resource = { argv: ['/usr/bin/git', 'push'] };
  const approval = {
    id: `a${asked}`,
    digest: 'd',
    state,
    askedAt,
    expiresAt: askedAt,
    request: request(`q${asked}`, { action: 'shell.exec', resource }),
    card: { code: `c${asked}` },
    asker: 'telegram/1',
    likeness: 'a likeness',
  } as unknown as Approval;
  await insertApproval(store, approval, 'b');
}

describe('a track record', () => {
  it('counts by capability and complexity, lately and ever, and no talk', async () => {
    const { did, record } = await setRecord();
    await did(now - 1);
    await did(now - DAY, { capability: 'file.read', action: 'file.read', complexity: 1 });
    await did(now - 20 * DAY);
    await did(now, { action: 'llm.complete', capability: 'llm.complete', complexity: 1 });
    await did(now, { action: 'message.reply', capability: 'message.reply', complexity: 1 });
    await did(now, { agent: 'other' });
    const { recent, ever, perDay, capabilities } = await record();
    expect([recent.actions, ever.actions]).toEqual([
      [1, 0, 1, 0],
      [1, 0, 2, 0],
    ]);
    expect(perDay).toEqual([...Array(12).fill(0), 1, 1]);
    expect(capabilities.map(({ capability }) => capability)).toEqual([
      'shell.exec git',
      'file.read',
    ]);
    expect(capabilities[0]).toMatchObject({ recent: { actions: [0, 0, 1, 0] } });
  });

  it('tells how the owner answered, and what failed, was undone or did harm', async () => {
    const { store, did, record } = await setRecord();
    for (const state of ['approved', 'used', 'denied', 'expired', 'void', 'pending'] as const)
      await answered(store, state, now - 1);
    await did(now - 1, {}, 'failed');
    await markRun(store, await did(now - 1), 'undone');
    await markRun(store, await did(now - 1), 'harmful');
    const { recent, capabilities } = await record();
    expect(recent).toMatchObject({ granted: 2, denied: 1, expired: 2 });
    expect(recent).toMatchObject({ failed: 1, undone: 1, harmful: 1 });
    // The question and the runs are of one capability, however the program was named.
    expect(capabilities.map(({ capability }) => capability)).toEqual(['shell.exec git']);
  });

  it('counts a supervised run where it went well', async () => {
    const { store, record } = await setRecord();
    for (const [id, outcome] of [
      ['one', 'done'],
      ['two', 'failed'],
    ] as const) {
      const { action, resource, labels } = request(id);
      await insertTraining(store, {
        id,
        action,
        resource,
        labels,
        agent: 'writer',
        capability: 'file.write',
        words: [],
        why: '',
        at: now,
        state: 'waiting',
      });
      await endTraining(store, id, { state: 'replayed', outcome, at: now });
    }
    expect((await record()).recent).toMatchObject({ supervised: 1 });
  });

  it('begins anew where the agent came to its maturity', async () => {
    const { store, did, record } = await setRecord();
    await did(now - 3 * DAY);
    const move = { from: 'intern', to: 'supervised', why: '', by: 'owner' } as const;
    expect(await noteSuggested(store, 'writer', 'supervised')).toBe(true);
    expect(await noteSuggested(store, 'writer', 'supervised')).toBe(false);
    await changeMaturity(store, { agent: 'writer', ...move, at: now - 2 * DAY });
    await did(now - DAY);
    const { recent, counted, since } = await record();
    expect([recent.actions[2], counted.actions[2], since]).toEqual([2, 1, now - 2 * DAY]);
    expect(await noteSuggested(store, 'writer', 'supervised')).toBe(true);
  });
});

describe('a promotion', () => {
  it('is argued for by enough actions and by nothing denied, undone or harmful', async () => {
    const { store, did, record } = await setRecord();
    const verdict = async () => {
      const found = await record();
      return verdictWords(readinessOf('intern', found, rule), found);
    };
    for (let n = 0; n < 49; n += 1) await did(now - n * 3600_000);
    expect(await verdict()).toBe('not ready for supervised: 49 of 50 actions in 14 days');
    const last = await did(now - DAY);
    expect(await verdict()).toBe('ready for supervised: 50 actions, 0 denied, 0 undone in 14 days');
    await answered(store, 'denied', now - DAY);
    await markRun(store, last, 'undone');
    await markRun(store, last, 'harmful');
    expect(await verdict()).toBe(
      'not ready for supervised: 1 denied, 1 undone, 1 marked harmful in 14 days',
    );
  });

  it('leads nowhere from the top, and is never the record’s to give', async () => {
    const { record } = await setRecord();
    const found = await record();
    expect(readinessOf('autonomous', found, rule)).toEqual({ ready: false, missing: [] });
    expect(verdictWords(readinessOf('autonomous', found, rule), found)).toContain('highest');
    const loose = { ...rule, actions: 0, denied: 2 };
    expect(readinessOf('student', found, loose)).toMatchObject({ to: 'intern', ready: true });
  });
});

describe('a capability', () => {
  it('is an action and its first word', () => {
    const of = (action: string, resource = {}) => capabilityOf({ action, resource });
    expect(of('shell.exec', { argv: ['git', 'push'] })).toBe('shell.exec git');
    expect(of('shell.exec', { argv: ['/usr/bin/git', 'push'] })).toBe('shell.exec git');
    // What lies in a jail is not the system's program of that name.
    expect(of('shell.exec', { argv: ['./git'] })).toBe('shell.exec ./git');
    expect(of('skill.call', { skill: 'weather' })).toBe('skill.call weather');
    expect(of('file.write', { path: 'a', content: '' })).toBe('file.write');
    expect(of('shell.exec', { argv: ['x'.repeat(500)] })).toHaveLength(60);
    for (const odd of [null, [], 'text', { argv: 'git' }, { argv: [] }])
      expect(of('shell.exec', odd as object)).toBe('shell.exec');
  });
});
