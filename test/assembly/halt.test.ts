import { describe, expect, it } from 'vitest';
import { createResume, endingWith, type ResumeProof } from '../../src/assembly/halt.ts';
import type { OwnerProof } from '../../src/assembly/owner-acts.ts';
import type { Decider } from '../../src/domain/approval.ts';
import type { Halted } from '../../src/domain/halt.ts';
import type { Halt } from '../../src/governance/halt/halt.ts';
import { until } from '../flows/stage/until.ts';
import { intent, setGovernor } from '../governance/stage.ts';

const PHONE: Decider = { surface: 'telegram', id: '42' };
const HERE: Decider = { surface: 'terminal', id: 'owner' };

interface Scene {
  readonly kind?: Halted['kind'];
  readonly enrolled?: boolean;
  /** What the second factor says to a code. */
  readonly right?: string;
}

function setResume({ kind, enrolled = false, right = '123456' }: Scene) {
  const acts: { readonly action: string; readonly proof: OwnerProof }[] = [];
  const lifted: Decider[] = [];
  const held: Halted | undefined = kind && { kind, by: PHONE, at: 1 };
  const resume = createResume({
    halt: { current: () => held, lift: async (by: Decider) => void lifted.push(by) } as Halt,
    secondFactor: async () => enrolled,
    ownerAct: async ({ action }, proof) => {
      acts.push({ action, proof });
      return !enrolled || proof.code === right
        ? { ok: true, value: null }
        : { ok: false, reason: 'denied', message: 'That code is wrong.' };
    },
  });
  const tell = async (by: Decider, proof: ResumeProof) => {
    const answer = await resume(by, proof);
    return answer.ok ? 'goes on' : answer.reason;
  };
  return { tell, acts, lifted };
}

describe('going on', () => {
  it('is nothing where nothing holds', async () => {
    const { tell, acts } = setResume({});
    expect([await tell(HERE, { typed: true }), acts]).toEqual(['not-held', []]);
  });

  it('after a pause takes nothing, from anywhere', async () => {
    const { tell, lifted, acts } = setResume({ kind: 'paused', enrolled: true });
    expect(await tell(PHONE, { typed: false })).toBe('goes on');
    expect([lifted, acts]).toEqual([[PHONE], []]);
  });

  it('after a panic takes a word typed at the terminal, and no phone, where there is no second factor', async () => {
    const { tell, acts } = setResume({ kind: 'halted' });
    expect(await tell(PHONE, { typed: true })).toBe('not-here');
    expect(await tell(PHONE, { typed: true, code: '123456' })).toBe('not-here');
    expect(await tell(HERE, { typed: false })).toBe('needs-word');
    expect(acts).toEqual([]);
    expect(await tell(HERE, { typed: true })).toBe('goes on');
    expect(acts).toEqual([{ action: 'halt.resume', proof: { by: HERE } }]);
  });

  it('after a panic takes a code everywhere where there is a second factor, and a right one', async () => {
    const { tell, acts } = setResume({ kind: 'halted', enrolled: true });
    expect(await tell(HERE, { typed: true })).toBe('needs-code');
    expect(await tell(PHONE, { typed: true })).toBe('needs-code');
    expect(acts).toEqual([]);
    expect(await tell(PHONE, { typed: true, code: '000000' })).toBe('refused');
    expect(await tell(PHONE, { typed: true, code: '123456' })).toBe('goes on');
    expect(acts.at(-1)?.proof).toEqual({ by: PHONE, code: '123456' });
  });
});

describe('what is done', () => {
  it('ends with a panic, whoever asked, and only the owner and atom itself begin something after it', async () => {
    const stage = await setGovernor();
    const before = new AbortController();
    let panic = before.signal;
    const governor = endingWith({ signal: () => panic }, stage.governor);
    const read = (id: string) => intent(id, 'file.read');
    const own = governor.performAs({ kind: 'owner', id: 'owner' });
    const waits = own(intent('0', 'shell.exec', { argv: ['rm', 'x'] }));
    await until('it asks', () => stage.asked.length === 1);
    before.abort();
    expect(await waits).toMatchObject({ ok: false, reason: 'stopped' });
    panic = AbortSignal.abort();
    const agent = governor.performAs({ kind: 'agent', id: 'atom' });
    expect(await agent(read('1'))).toMatchObject({ ok: false, reason: 'stopped' });
    expect(await own(read('2'))).toMatchObject({ ok: true });
  });
});
