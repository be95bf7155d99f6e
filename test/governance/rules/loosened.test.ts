import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../src/domain/rule.ts';
import type { Subject } from '../../../src/domain/subject.ts';
import { loosened } from '../../../src/governance/rules/loosened.ts';
import { matchRules } from '../../../src/governance/rules/match.ts';

const rule: fc.Arbitrary<Rule> = fc.record(
  {
    name: fc.constantFrom('a', 'b', 'c'),
    verdict: fc.constantFrom('ask', 'deny'),
    reason: fc.constantFrom('x', 'y'),
    program: fc.constantFrom('git', 'rm'),
    args: fc.array(fc.constantFrom('push', '*', '**'), { maxLength: 2 }),
    jail: fc.constantFrom('work', 'home'),
  },
  { requiredKeys: ['name', 'verdict', 'reason'] },
);
const subject: fc.Arbitrary<Subject> = fc.record({
  action: fc.constant('shell.exec'),
  commands: fc.array(
    fc.array(fc.constantFrom('git', 'rm', 'push'), { minLength: 1, maxLength: 3 }),
    {
      maxLength: 1,
    },
  ),
  jail: fc.constantFrom('work', 'home'),
  minute: fc.constant(0),
});
const rules = fc.array(rule, { maxLength: 4 });
const strictness = (all: readonly Rule[], found: Subject): number =>
  Math.max(0, ...matchRules(all, found).map(({ verdict }) => (verdict === 'deny' ? 2 : 1)));

describe('what counts as loosening the rules', () => {
  it('is every change after which something could pass that was stopped', () => {
    fc.assert(
      fc.property(rules, rules, subject, (known, next, found) => {
        if (loosened(known, next).length === 0)
          expect(strictness(next, found)).toBeGreaterThanOrEqual(strictness(known, found));
      }),
    );
  });

  it('is none where rules are added, renamed, reordered or made stricter', () => {
    fc.assert(
      fc.property(rules, rule, (known, more) => {
        const stricter = known.map((one) => ({ ...one, verdict: 'deny' as const, name: 'z' }));
        expect(loosened(known, [more, ...stricter.toReversed()])).toEqual([]);
      }),
    );
  });

  it('names the rules that are gone or milder', () => {
    const deny: Rule = { name: 'a', verdict: 'deny', reason: 'x', program: 'git' };
    expect(loosened([deny], [])).toEqual([deny]);
    expect(loosened([deny], [{ ...deny, verdict: 'ask' }])).toEqual([deny]);
    expect(loosened([deny], [{ ...deny, args: ['push'] }])).toEqual([deny]);
  });
});
