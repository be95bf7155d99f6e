import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maturities } from '../../src/domain/agent.ts';
import type { Complexity } from '../../src/domain/complexity.ts';
import { type Verdict, verdicts } from '../../src/domain/decision.ts';
import { confidentialities, integrities, joinLabels, type Labels } from '../../src/domain/label.ts';
import { decide, type Question } from '../../src/governance/decide.ts';

const complexities: readonly Complexity[] = [1, 2, 3, 4];
const labels: fc.Arbitrary<Labels> = fc.record({
  integrity: fc.constantFrom(...integrities),
  confidentiality: fc.constantFrom(...confidentialities),
});
const question: fc.Arbitrary<Question> = fc.record({
  action: fc.constantFrom('shell.exec', 'file.read', 'message.send', 'net.fetch', 'feed.post', 'x'),
  principal: fc.constantFrom(
    { kind: 'agent' as const, id: 'atom' },
    { kind: 'owner' as const, id: 'owner' },
    { kind: 'system' as const, id: 'atom' },
  ),
  maturity: fc.constantFrom(...maturities, undefined),
  complexity: fc.constantFrom(...complexities),
  reasons: fc.constant([]),
  labels,
});
const severity = (verdict: Verdict): number => verdicts.indexOf(verdict);
const of = (asked: Question): number => severity(decide(asked).verdict);

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
        const joined = { ...asked, labels: joinLabels(asked.labels, more) };
        expect(of(joined)).toBeGreaterThanOrEqual(of(asked));
      }),
    );
  });

  it('always wants the code typed for what destroys, and always says why', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { factor, matches, verdict } = decide(asked);
        expect(factor).toBe(asked.complexity === 4 ? 'typed' : 'tap');
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
          action: 'x',
          principal: { kind: 'agent', id: 'a' },
          maturity,
          complexity,
          reasons: [],
          labels: { integrity: 'owner', confidentiality: 'public' },
        }).verdict,
    );
    expect(made).toEqual(expected);
  });

  it('asks before strangers’ words run, write, send or call, and lets no secret leave', () => {
    const base = {
      principal: { kind: 'agent', id: 'a' },
      maturity: 'autonomous',
      complexity: 1,
      reasons: [],
    } as const;
    const strange = { integrity: 'untrusted', confidentiality: 'public' } as const;
    for (const action of ['shell.exec', 'file.write', 'message.send', 'skill.call'])
      expect(decide({ ...base, action, labels: strange }).verdict).toBe('ask');
    const secret = { integrity: 'owner', confidentiality: 'secret' } as const;
    for (const action of ['message.send', 'net.fetch'])
      expect(decide({ ...base, action, labels: secret }).verdict).toBe('deny');
  });
});
