import { describe, expect, it } from 'vitest';
import { createFilesTrust } from '../../src/trust/files-trust.ts';
import { intent, setGovernor } from '../governance/stage.ts';

const found = {
  paths: ['/jail/a.txt'],
  lifts: [{ path: '/jail/a.txt', strangers: true, secret: false }],
  digest: 'shown',
};

async function set() {
  const lifted: (readonly string[])[] = [];
  const files = {
    plan: async () => found,
    lift: async (paths: readonly string[]) => {
      lifted.push(paths);
      return found.lifts;
    },
  };
  const stage = await setGovernor({
    maturity: 'autonomous',
    actions: [createFilesTrust(files)],
    answer: ({ id }) =>
      void stage.approvals.answer({
        ref: id,
        verdict: 'approve',
        typed: true,
        by: { surface: 'terminal', id: 'owner' },
      }),
  });
  const as = (kind: 'owner' | 'system') => stage.governor.performAs({ kind, id: kind });
  return { ...stage, lifted, as };
}

const wish = (plan = 'shown') => intent('1', 'files.trust', { paths: ['/jail/a.txt'], plan });

describe('trusting files', () => {
  it('shows its owner every path and why, and lifts them once that is proven', async () => {
    const { as, asked, lifted } = await set();
    expect(await as('owner')(wish())).toEqual({ ok: true, value: { lifted: ['/jail/a.txt'] } });
    expect(lifted).toEqual([['/jail/a.txt']]);
    expect(asked[0]?.card).toMatchObject({
      kind: 'trust',
      risk: 'high',
      factor: 'typed',
      words: ['trust what is in /jail/a.txt'],
      detail: '/jail/a.txt: strangers’ words',
    });
  });

  it('is no agent’s, however grown up, and not atom’s own', async () => {
    const { perform, as, asked, lifted } = await set();
    expect(await perform(wish())).toMatchObject({ ok: false, reason: 'blocked' });
    expect(asked).toEqual([]);
    expect(await as('system')(wish())).toMatchObject({ ok: false });
    expect(lifted).toEqual([]);
  });

  it('is not done where something else was shown', async () => {
    const { as, lifted } = await set();
    expect(await as('owner')(wish('earlier'))).toMatchObject({ ok: false, reason: 'blocked' });
    expect(lifted).toEqual([]);
  });
});
