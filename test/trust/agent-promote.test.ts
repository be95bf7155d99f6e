import { describe, expect, it } from 'vitest';
import type { Maturity } from '../../src/domain/agent.ts';
import { moveAgent } from '../../src/governance/conduct/maturity.ts';
import { agentById } from '../../src/store/tables/agents.ts';
import { createAgentPromote } from '../../src/trust/agent-promote.ts';
import { setConduct } from '../governance/conduct-stage.ts';
import { setGovernor } from '../governance/stage.ts';

interface Scene {
  readonly factor?: boolean;
  readonly verdict?: 'approve' | 'deny';
  /** Happens while the owner thinks. */
  readonly meanwhile?: 'it falls' | 'the factor goes';
}

/** A governor with one agent, `writer`, an intern whom the owner may promote. */
async function setPromotion(scene: Scene = {}) {
  const { deps, store, clock, maturity, changes, kinds } = await setConduct('intern');
  const move = (from: Maturity, to: Maturity): Promise<boolean> =>
    moveAgent(deps, { agent: 'writer', from, to, why: 'You ratified it.', by: 'owner' });
  const enrolled = { is: scene.factor ?? true };
  const secondFactor = async (): Promise<boolean> => enrolled.is;
  const action = createAgentPromote({
    secondFactor,
    record: async () => ['52 actions'],
    maturity: async (id) => (await agentById(store, id))?.maturity,
    move: ({ from, to }) => move(from, to),
  });
  const stage = await setGovernor({
    store,
    clock,
    actions: [action],
    gates: { secondFactor },
    factor: { check: async () => ({ ok: true, how: 'totp' }) },
    answer: async ({ id }) => {
      if (scene.meanwhile === 'it falls') await move('intern', 'student');
      if (scene.meanwhile === 'the factor goes') enrolled.is = false;
      const by = { surface: 'terminal', id: 'owner' };
      const verdict = scene.verdict ?? 'approve';
      await stage.approvals.answer({ ref: id, verdict, by, typed: true, code: '123456' });
    },
  });
  let count = 0;
  const promote = (to: string, kind: 'owner' | 'agent' | 'system' = 'owner') => {
    count += 1;
    const resource = { agent: 'writer', to };
    const intent = { id: `p${count}`, action: 'agent.promote', resource, context: {} };
    return stage.governor.performAs({ kind, id: kind === 'agent' ? 'atom' : kind })(intent);
  };
  return { promote, maturity, changes, kinds, asked: stage.asked };
}

describe('promoting an agent', () => {
  it('takes a second factor, shows the record and holds at the next decision', async () => {
    const { promote, maturity, changes, kinds, asked } = await setPromotion();
    expect(await promote('supervised')).toEqual({
      ok: true,
      value: { agent: 'writer', from: 'intern', to: 'supervised' },
    });
    expect(asked[0]?.card).toMatchObject({
      factor: 'totp',
      risk: 'high',
      kind: 'trust',
      detail: '52 actions',
      words: ['promote writer from intern to supervised'],
    });
    expect(await maturity()).toBe('supervised');
    expect(changes).toMatchObject([{ kind: 'promoted', by: 'owner' }]);
    expect(await kinds()).toEqual([
      ...['approval.asked', 'approval.approved', 'begun', 'agent.promoted', 'done'],
    ]);
  });

  it('may skip a step where the owner says so', async () => {
    const { promote, maturity } = await setPromotion();
    await promote('autonomous');
    expect(await maturity()).toBe('autonomous');
  });

  it('is refused without a second factor, before anything is asked', async () => {
    const { promote, maturity, asked } = await setPromotion({ factor: false });
    expect(await promote('supervised')).toMatchObject({
      ok: false,
      message: expect.stringContaining('atom 2fa enroll'),
    });
    expect([await maturity(), asked]).toEqual(['intern', []]);
  });

  it('is nobody’s but the owner’s', async () => {
    const { promote, maturity } = await setPromotion();
    expect(await promote('supervised', 'agent')).toMatchObject({ ok: false, reason: 'blocked' });
    expect(await promote('supervised', 'system')).toMatchObject({ ok: false, reason: 'blocked' });
    expect(await maturity()).toBe('intern');
  });

  it('goes upwards only, to what there is', async () => {
    const { promote, asked } = await setPromotion();
    for (const to of ['intern', 'student', 'emperor'])
      expect(await promote(to), to).toMatchObject({ ok: false });
    expect(asked).toEqual([]);
  });

  it('does nothing after a no', async () => {
    const { promote, maturity } = await setPromotion({ verdict: 'deny' });
    expect(await promote('supervised')).toMatchObject({ ok: false, reason: 'denied' });
    expect(await maturity()).toBe('intern');
  });

  it('does nothing where the agent fell while the owner was thinking', async () => {
    const { promote, maturity } = await setPromotion({ meanwhile: 'it falls' });
    expect(await promote('supervised')).toMatchObject({ ok: false, reason: 'blocked' });
    expect(await maturity()).toBe('student');
  });

  it('does nothing where the second factor went away while the owner was thinking', async () => {
    const { promote, maturity } = await setPromotion({ meanwhile: 'the factor goes' });
    expect(await promote('supervised')).toMatchObject({ ok: false });
    expect(await maturity()).toBe('intern');
  });
});
