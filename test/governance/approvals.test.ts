import { describe, expect, it } from 'vitest';
import type { Answer, Approval } from '../../src/domain/approval.ts';
import type { Card } from '../../src/domain/card.ts';
import type { FactorCheck } from '../../src/domain/second-factor.ts';
import { codeIn, createCallbacks } from '../../src/governance/approvals/callback.ts';
import { expireOtherBoots, findApproval } from '../../src/store/tables/approvals.ts';
import { until } from '../flows/stage/until.ts';
import { intent, type Scene, setGovernor } from './stage.ts';

const by = { surface: 'terminal', id: 'owner' };

async function questioned(action: 'file.write' | 'shell.exec' = 'file.write', scene: Scene = {}) {
  const stage = await setGovernor(scene);
  const stop = new AbortController();
  const resource = action === 'shell.exec' ? { argv: ['rm', 'x'] } : {};
  const outcome = stage.perform(intent('1', action, resource), { signal: stop.signal });
  // Where a test leaves it open, it ends with the store.
  outcome.catch(() => undefined);
  const [question] = await until('it asks', () => stage.asked.length > 0 && stage.asked);
  if (!question) throw new Error('nothing was asked');
  const answer = (given: Partial<Answer>) =>
    stage.approvals.answer({ ref: question.id, verdict: 'approve', typed: false, by, ...given });
  return { ...stage, stop, outcome, question, answer };
}

describe('a question to the owner', () => {
  it('is decided by the first answer', async () => {
    const { answer, outcome } = await questioned();
    const both = await Promise.all([
      answer({ verdict: 'deny' }),
      answer({ verdict: 'approve' }),
      answer({ verdict: 'approve' }),
    ]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false, false]);
    expect(both[1]).toMatchObject({ reason: 'decided' });
    expect(await outcome).toMatchObject({ ok: false, reason: 'denied' });
    expect(await answer({})).toMatchObject({ ok: false, reason: 'decided' });
  });

  it('is denied with a reason: the owner’s agent hears it, and nobody else does', async () => {
    for (const [role, message] of [
      ['owner', 'You said no: never there'],
      ['guest', 'The owner said no.'],
    ] as const) {
      const { answer, outcome, people } = await questioned();
      people.role = role;
      await answer({ verdict: 'deny', reason: 'never there' });
      expect(await outcome).toMatchObject({ ok: false, reason: 'denied', message });
    }
  });

  it('is told to those who wait even if somebody else who listens fails', async () => {
    const { answer, outcome, bus } = await questioned();
    bus.on('approval.decided', () => {
      throw new Error('a screen broke');
    });
    await answer({ verdict: 'deny' }).catch(() => undefined);
    expect(await outcome).toMatchObject({ ok: false, reason: 'denied' });
  });

  it('that needs its code typed is not approved by a tap, and is denied by one', async () => {
    const first = await questioned('shell.exec');
    expect(await first.answer({})).toMatchObject({ ok: false, reason: 'needs-typed' });
    expect(await first.answer({ typed: true })).toMatchObject({ ok: true });
    const second = await questioned('shell.exec');
    expect(await second.answer({ verdict: 'deny' })).toMatchObject({ ok: true });
    expect(await second.outcome).toMatchObject({ reason: 'denied' });
  });

  it('is found by its code, and nothing else is', async () => {
    const { answer, question } = await questioned();
    expect(await answer({ ref: 'none' })).toMatchObject({ ok: false, reason: 'unknown' });
    expect(await answer({ ref: '' })).toMatchObject({ ok: false, reason: 'unknown' });
    expect(await answer({ ref: question.card.code })).toMatchObject({ ok: true });
  });

  it('has expired at the very moment it says, not after it', async () => {
    const { answer, clock, question, stop } = await questioned();
    (clock as unknown as { pass(ms: number): void }).pass(question.expiresAt - clock.now());
    expect(await answer({})).toMatchObject({ ok: false, reason: 'expired' });
    stop.abort();
  });

  it('of an earlier run of the gateway counts no more', async () => {
    const { answer, store, question, stop, outcome } = await questioned();
    expect(await expireOtherBoots(store, 'boot-1', 5)).toEqual([]);
    const closed = await expireOtherBoots(store, 'boot-2', 5);
    expect(closed.map(({ id, state }) => [id, state])).toEqual([[question.id, 'expired']]);
    expect(await answer({})).toMatchObject({ ok: false, reason: 'decided' });
    stop.abort();
    expect(await outcome).toMatchObject({ ok: false, reason: 'stopped' });
  });

  it('is kept whole: what was asked, and who decided when', async () => {
    const { answer, store, question, clock } = await questioned();
    await answer({ verdict: 'deny' });
    const kept = (await findApproval(store, question.id)) as Approval;
    expect(kept.card).toEqual(question.card);
    expect(kept).toMatchObject({ decidedBy: by, decidedAt: clock.now(), state: 'denied' });
  });
});

describe('a question that needs a code of the second factor', () => {
  const good = '123456';
  const checks: (readonly [string, string])[] = [];
  const asking = (answer: FactorCheck = { ok: true, how: 'totp' }) => {
    checks.length = 0;
    return questioned('shell.exec', {
      gates: { secondFactor: async () => true },
      factor: {
        check: async (code, purpose) => {
          checks.push([code, purpose]);
          return answer;
        },
      },
    });
  };

  it('is approved by its own code typed out and one of the second factor, checked for it alone', async () => {
    const { answer, outcome, question } = await asking();
    expect(question.card.factor).toBe('totp');
    expect(await answer({ code: good })).toMatchObject({ reason: 'needs-typed' });
    expect(await answer({ typed: true })).toMatchObject({ reason: 'needs-code' });
    expect(checks).toEqual([]);
    expect(await answer({ typed: true, code: good })).toMatchObject({ ok: true });
    expect(checks).toEqual([[good, question.id]]);
    expect(await outcome).toMatchObject({ ok: true });
  });

  it.each([
    ['wrong', 'wrong-code'],
    ['replayed', 'wrong-code'],
    ['locked', 'locked'],
    ['not-enrolled', 'wrong-code'],
  ] as const)('stays open where the code is %s', async (reason, told) => {
    const { answer, store, stop } = await asking({ ok: false, reason, message: 'no' });
    expect(await answer({ typed: true, code: good })).toMatchObject({ ok: false, reason: told });
    expect(await store.get('SELECT state FROM approval')).toEqual({ state: 'pending' });
    stop.abort();
  });

  it('is denied without any code', async () => {
    const { answer, outcome } = await asking();
    expect(await answer({ verdict: 'deny' })).toMatchObject({ ok: true });
    expect(checks).toEqual([]);
    expect(await outcome).toMatchObject({ reason: 'denied' });
  });

  it('takes no code once it was decided', async () => {
    const { answer } = await asking();
    await answer({ verdict: 'deny' });
    expect(await answer({ typed: true, code: good })).toMatchObject({ reason: 'decided' });
    expect(checks).toEqual([]);
  });

  it('keeps no code in what is on record', async () => {
    const { answer, outcome, store } = await asking();
    await answer({ typed: true, code: good });
    await outcome;
    for (const table of ['approval', 'audit', 'run'])
      expect(JSON.stringify(await store.all(`SELECT * FROM ${table}`))).not.toContain(good);
  });
});

describe('a button', () => {
  const card = { id: 'i', code: 'k7p2', digest: 'd' } as Card;
  const callbacks = createCallbacks(Buffer.from('key'));
  const dana = { channel: 'slack', account: 'U1', id: 'U42' };
  const yes = callbacks.sign(card, 'yes', dana);

  it('says what it was signed for', () => {
    for (const verb of ['yes', 'no', 'stop'] as const) {
      const text = callbacks.sign(card, verb, dana);
      expect(callbacks.verify(text, card, dana)).toBe(verb);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(32);
    }
    expect(codeIn(yes)).toBe('k7p2');
    expect(codeIn('v2:yes:k7p2:x')).toBeUndefined();
  });

  it('is good for one person on one account, one verb, one card and one run of the gateway', () => {
    for (const other of [{ id: 'U43' }, { account: 'U2' }, { channel: 'discord' }])
      expect(callbacks.verify(yes, card, { ...dana, ...other })).toBeUndefined();
    expect(callbacks.verify(yes.replace('yes', 'no'), card, dana)).toBeUndefined();
    const no = callbacks.sign(card, 'no', dana);
    expect(callbacks.verify(no.replace(':no:', ':yes:'), card, dana)).toBeUndefined();
    expect(callbacks.verify(yes, { ...card, id: 'j' }, dana)).toBeUndefined();
    expect(callbacks.verify(yes, { ...card, digest: 'e' }, dana)).toBeUndefined();
    expect(callbacks.verify(yes, { ...card, code: 'aaaa' }, dana)).toBeUndefined();
    expect(createCallbacks(Buffer.from('other')).verify(yes, card, dana)).toBeUndefined();
    expect(callbacks.verify('', card, dana)).toBeUndefined();
  });
});
