import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import type { Rule } from '../../src/domain/rule.ts';
import type { Offer } from '../../src/domain/standing-approval.ts';
import { createRulesLoosen } from '../../src/trust/rules-loosen.ts';
import { createStandingGive } from '../../src/trust/standing-give.ts';
import { intent, setGovernor } from '../governance/stage.ts';

const push: Rule = { name: 'no-push', verdict: 'deny', reason: 'I push', program: 'git' };
const ask: Rule = { name: 'ask-rm', verdict: 'ask', reason: 'careful', program: 'rm' };
const offer: Offer = {
  agent: 'atom',
  action: 'shell.exec',
  jail: 'work',
  access: 'work (read-write, no network)',
  folder: '/srv/work',
  sender: 'terminal/owner',
  program: '/usr/bin/git',
  words: ['git', 'push', 'origin'],
  extent: 'prefix',
};
const resource = (more: Partial<Offer> = {}): Json => {
  const all = { ...offer, ...more };
  return { offer: { ...all, words: [...all.words] }, lifetime: '1h', by: 'terminal/owner' };
};

/** A governor with the acts of trust, whose owner says yes to everything, and means it. */
async function set() {
  const world = { rules: [push, ask] as readonly Rule[], given: [] as unknown[] };
  const rules = {
    list: () => world.rules,
    use: async (next: readonly Rule[]) => {
      world.rules = next;
    },
  };
  const give = async (one: Offer, { by }: { readonly by: string }) => {
    world.given.push(one);
    return { ...one, id: 's-1', by, createdAt: 0, expiresAt: 1, uses: 0 };
  };
  const stage = await setGovernor({
    maturity: 'autonomous',
    actions: [createRulesLoosen(rules), createStandingGive({ give })],
    answer: ({ id }) =>
      void stage.approvals.answer({
        ref: id,
        verdict: 'approve',
        typed: true,
        by: { surface: 'terminal', id: 'owner' },
      }),
  });
  return {
    ...stage,
    trust: world,
    asOwner: stage.governor.performAs({ kind: 'owner', id: 'owner' }),
  };
}

describe('an act of trust', () => {
  it('asks its owner, who sees exactly what is kept', async () => {
    const { asOwner, asked, trust } = await set();
    const outcome = await asOwner(intent('1', 'standing.give', resource()));
    expect(outcome.ok).toBe(true);
    expect(trust.given).toEqual([offer]);
    expect(asked[0]?.card).toMatchObject({
      risk: 'high',
      factor: 'typed',
      words: ['always allow for 1 hour: git push origin …'],
      program: '/usr/bin/git',
      folder: '/srv/work',
    });
    expect(asked[0]?.card.may).toContain('asked by terminal/owner');
  });

  it.each(['standing.give', 'rules.loosen'])(
    'is no agent’s, however grown up: %s',
    async (name) => {
      const { perform, trust, asked } = await set();
      const what = name === 'standing.give' ? resource() : { rules: [] };
      expect(await perform(intent('1', name, what))).toMatchObject({
        ok: false,
        reason: 'blocked',
      });
      expect([trust.given, trust.rules, asked]).toEqual([[], [push, ask], []]);
    },
  );

  it.each([
    ['a shell', { words: ['sh', 'x'], extent: 'exact' }],
    ['the beginning of what destroys', { words: ['rm', '-rf'] }],
    ['a bare program', { words: ['git'] }],
    ['what does not show', { words: ['git', 'push', 'a\u200bb'] }],
    ['a shell by another name', { words: ['x', 'a'], program: '/usr/bin/bash', extent: 'exact' }],
  ] as const)('never lets %s pass from now on', async (_, more) => {
    const { asOwner, trust, asked } = await set();
    const outcome = await asOwner(intent('1', 'standing.give', resource(more)));
    expect(outcome).toMatchObject({ ok: false, reason: 'blocked' });
    expect([trust.given, asked]).toEqual([[], []]);
  });

  it('loosens the rules only as they were when it was decided', async () => {
    const { asOwner, asked, trust } = await set();
    const next = { rules: [{ ...ask }] as unknown as Json };
    expect(await asOwner(intent('1', 'rules.loosen', next))).toEqual({
      ok: true,
      value: { loosened: ['no-push'] },
    });
    expect(trust.rules).toEqual([ask]);
    expect(asked[0]?.card.words).toEqual(['no longer hold the agent to: no-push (deny: I push)']);
  });

  it('does not loosen rules that changed meanwhile', async () => {
    const world = { rules: [push] as readonly Rule[] };
    const rules = { list: () => world.rules, use: async () => expect.unreachable() };
    const stage = await setGovernor({
      actions: [createRulesLoosen(rules)],
      answer: ({ id }) => {
        world.rules = [push, ask];
        const by = { surface: 'terminal', id: 'owner' };
        void stage.approvals.answer({ ref: id, verdict: 'approve', typed: true, by });
      },
    });
    const asOwner = stage.governor.performAs({ kind: 'owner', id: 'owner' });
    const outcome = await asOwner(intent('1', 'rules.loosen', { rules: [] }));
    expect(outcome).toMatchObject({ ok: false, reason: 'blocked' });
  });
});
