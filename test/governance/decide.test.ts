import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maturities } from '../../src/domain/agent.ts';
import type { Complexity } from '../../src/domain/complexity.ts';
import { type Verdict, verdicts } from '../../src/domain/decision.ts';
import { confidentialities, integrities, joinLabels, type Labels } from '../../src/domain/label.ts';
import type { Rule } from '../../src/domain/rule.ts';
import { decide, mayStand, type Question } from '../../src/governance/decide.ts';
import { matchRules } from '../../src/governance/rules/match.ts';

const complexities: readonly Complexity[] = [1, 2, 3, 4];
const labels: fc.Arbitrary<Labels> = fc.record({
  integrity: fc.constantFrom(...integrities),
  confidentiality: fc.constantFrom(...confidentialities),
});
const action = fc.constantFrom(
  ...['shell.exec', 'file.read', 'message.send', 'net.fetch', 'feed.post', 'x'],
);
const word = fc.constantFrom('git', 'push', 'origin', 'main', '-f');
const rule: fc.Arbitrary<Rule> = fc.record(
  {
    name: fc.constantFrom('a', 'b'),
    verdict: fc.constantFrom('ask', 'deny'),
    reason: fc.constant('because'),
    action,
    program: word,
    args: fc.array(fc.oneof(word, fc.constantFrom('*', '**')), { maxLength: 4 }),
    agent: fc.constantFrom('atom', 'other'),
    sender: fc.constantFrom('owner', '42'),
    jail: fc.constantFrom('work', 'other'),
    channel: fc.constantFrom('terminal', 'telegram'),
    between: fc.constantFrom('22:00-07:00', '09:00-17:00'),
  },
  { requiredKeys: ['name', 'verdict', 'reason'] },
);
const question: fc.Arbitrary<Question> = fc.record({
  subject: fc.record({
    action,
    commands: fc.array(fc.array(word, { minLength: 1, maxLength: 4 }), { maxLength: 2 }),
    agent: fc.constantFrom('atom', 'other'),
    sender: fc.constantFrom('owner', '42'),
    real: fc.constantFrom('/usr/bin/git', '/usr/bin/push'),
    jail: fc.constantFrom('work', 'other'),
    channel: fc.constantFrom('terminal', 'telegram'),
    minute: fc.integer({ min: 0, max: 1439 }),
  }),
  rules: fc.array(rule, { maxLength: 3 }),
  targets: fc.constant([]),
  secondFactor: fc.boolean(),
  principal: fc.constantFrom(
    { kind: 'agent' as const, id: 'atom' },
    { kind: 'owner' as const, id: 'owner' },
    { kind: 'system' as const, id: 'atom' },
  ),
  maturity: fc.constantFrom(...maturities, undefined),
  complexity: fc.constantFrom(...complexities),
  reasons: fc.constant([]),
  window: labels.map((all) => ({ labels: all, sources: [], said: '' })),
});
const severity = (verdict: Verdict): number => verdicts.indexOf(verdict);
const of = (asked: Question): number => severity(decide(asked).verdict);

/** An autonomous agent that looks at something. */
const plain = (name: string, all: Labels): Question => ({
  principal: { kind: 'agent', id: 'a' },
  maturity: 'autonomous',
  complexity: 1,
  reasons: [],
  subject: { action: name, commands: [], minute: 0 },
  window: { labels: all, sources: [], said: '' },
  targets: [],
  rules: [],
  secondFactor: false,
});

describe('a decision', () => {
  it('never becomes milder as an action does more', () => {
    fc.assert(
      fc.property(question, fc.constantFrom(...complexities), (asked, complexity) => {
        fc.pre(complexity > asked.complexity);
        expect(of({ ...asked, complexity })).toBeGreaterThanOrEqual(of(asked));
      }),
    );
  });

  it('never becomes milder as an agent is younger, and one that nobody knows is the youngest', () => {
    fc.assert(
      fc.property(question, fc.constantFrom(...maturities), (asked, maturity) => {
        const age = asked.maturity ? maturities.indexOf(asked.maturity) : 0;
        fc.pre(maturities.indexOf(maturity) <= age);
        expect(of({ ...asked, maturity })).toBeGreaterThanOrEqual(of(asked));
        expect(of({ ...asked, maturity: undefined })).toBe(of({ ...asked, maturity: 'student' }));
      }),
    );
  });

  it('never becomes milder as the words in the window come from further away', () => {
    fc.assert(
      fc.property(question, labels, (asked, more) => {
        const joined = joinLabels(asked.window.labels, more);
        const window = { ...asked.window, labels: joined };
        expect(of({ ...asked, window })).toBeGreaterThanOrEqual(of(asked));
      }),
    );
  });

  it('never becomes milder by one more rule', () => {
    fc.assert(
      fc.property(question, rule, (asked, more) => {
        const rules = [...asked.rules, more];
        expect(of({ ...asked, rules })).toBeGreaterThanOrEqual(of(asked));
      }),
    );
  });

  it('leaves to no standing approval what it would not leave without one more rule', () => {
    fc.assert(
      fc.property(question, rule, fc.constantFrom(...maturities), (asked, more, maturity) => {
        const after = decide({ ...asked, rules: [...asked.rules, more] });
        if (mayStand(after, maturity)) expect(mayStand(decide(asked), maturity)).toBe(true);
        if (matchRules([more], asked.subject).length > 0)
          expect(mayStand(after, maturity)).toBe(false);
      }),
    );
  });

  it('leaves to no standing approval what a rule or strangers’ words ask about', () => {
    fc.assert(
      fc.property(question, fc.constantFrom(...maturities), (asked, maturity) => {
        const decision = decide(asked);
        const others = decision.matches.filter((match) => !match.rule.startsWith('baseline '));
        if (others.some(({ verdict }) => verdict !== 'allow') || decision.verdict !== 'ask')
          expect(mayStand(decision, maturity)).toBe(false);
        if (asked.complexity === 4 && maturity !== 'autonomous')
          expect(mayStand(decision, maturity)).toBe(false);
      }),
    );
  });

  it('always wants the code typed for what destroys, and always says why', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { factor, matches, verdict } = decide(asked);
        const strong = asked.secondFactor ? 'totp' : 'typed';
        expect(factor).toBe(asked.complexity === 4 ? strong : 'tap');
        expect(matches.some((match) => match.verdict === verdict && match.why !== '')).toBe(true);
      }),
    );
  });

  it.each([
    ['student', ['allow', 'deny', 'deny', 'deny']],
    ['intern', ['allow', 'allow', 'ask', 'ask']],
    ['supervised', ['allow', 'allow', 'allow', 'ask']],
    ['autonomous', ['allow', 'allow', 'allow', 'ask']],
  ] as const)('follows the table for %s', (maturity, expected) => {
    const made = complexities.map(
      (complexity) =>
        decide({
          ...plain('x', { integrity: 'owner', confidentiality: 'public' }),
          maturity,
          complexity,
        }).verdict,
    );
    expect(made).toEqual(expected);
  });

  it('asks before strangers’ words run, write, send or call, and lets no secret leave', () => {
    const strange = { integrity: 'untrusted', confidentiality: 'public' } as const;
    for (const action of ['shell.exec', 'file.write', 'message.send', 'skill.call'])
      expect(decide({ ...plain(action, strange), complexity: 3 }).verdict).toBe('ask');
    const secret = { integrity: 'owner', confidentiality: 'secret' } as const;
    for (const action of ['message.send', 'net.fetch'])
      expect(decide(plain(action, secret)).verdict).toBe('deny');
  });
});
