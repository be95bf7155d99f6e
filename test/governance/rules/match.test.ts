import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../src/domain/rule.ts';
import { fitsWords } from '../../../src/domain/rule-words.ts';
import type { Subject } from '../../../src/domain/subject.ts';
import { matchRules } from '../../../src/governance/rules/match.ts';

const rule = (more: Partial<Rule>): Rule => ({
  name: 'r',
  verdict: 'deny',
  reason: 'because',
  ...more,
});
const subject = (more: Partial<Subject>): Subject => ({
  action: 'shell.exec',
  commands: [],
  minute: 600,
  ...more,
});
const denies = (one: Rule, ...commands: readonly (readonly string[])[]): boolean =>
  matchRules([one], subject({ commands })).length > 0;

/** The same by its definition: slow, and plainly right. */
function bySpelling(pattern: readonly string[], words: readonly string[]): boolean {
  const [token, ...rest] = pattern;
  const [word, ...more] = words;
  if (token === undefined) return word === undefined;
  if (token === '**')
    return bySpelling(rest, words) || (word !== undefined && bySpelling(pattern, more));
  return word !== undefined && (token === '*' || token === word) && bySpelling(rest, more);
}

describe('a rule about a command', () => {
  const push = rule({ program: 'git', args: ['push', '**'] });

  it.each([
    ['the program in another folder', ['/tmp/git', 'push']],
    ['the program written in capitals', ['GIT', 'push', 'origin']],
    ['options of the program before its words', ['git', '-c', 'core.pager=x', 'push']],
    ['many of them', ['git', '--no-pager', '-C', 'site', '--git-dir=x', '-c', 'a=b', 'push', '-f']],
  ])('is not passed by %s', (_, words) => {
    expect(denies(push, words)).toBe(true);
  });

  it('leaves alone what it does not name', () => {
    expect(denies(push, ['git', 'log', 'push'])).toBe(false);
    expect(denies(push, ['echo', 'git', 'push'])).toBe(false);
    expect(denies(push)).toBe(false);
  });

  it('is not passed by a link with another name', () => {
    const linked = subject({ commands: [['./g', 'push']], real: '/usr/bin/git' });
    expect(matchRules([push], linked)).toHaveLength(1);
  });

  it('looks at every program that would be started', () => {
    expect(denies(push, ['env', 'git', 'push'], ['git', 'push'])).toBe(true);
  });

  it('wants its program and its words in one and the same command', () => {
    expect(denies(push, ['git', 'log'], ['echo', 'push'])).toBe(false);
  });

  it('names itself and its reason', () => {
    expect(matchRules([push], subject({ commands: [['git', 'push']] }))).toEqual([
      { rule: 'rule r', verdict: 'deny', why: 'because (your rule r)' },
    ]);
  });
});

describe('the conditions of a rule', () => {
  it.each([
    [{ action: 'file.write' }, { action: 'shell.exec' }],
    [{ agent: 'atom' }, {}],
    [{ jail: 'work' }, { jail: 'other' }],
    [{ channel: 'telegram' }, { channel: 'terminal' }],
    [{ sender: '42' }, { sender: '43' }],
    [{ between: '22:00-07:00' }, { minute: 7 * 60 }],
    [{ between: '09:00-17:00' }, { minute: 17 * 60 }],
  ] as const)('%j do not fit %j', (conditions, found) => {
    expect(matchRules([rule(conditions)], subject(found))).toEqual([]);
  });

  it.each([
    [{ action: 'shell.exec', agent: 'atom' }, { agent: 'atom' }],
    [
      { jail: 'work', channel: 'telegram', sender: '42' },
      { jail: 'work', channel: 'telegram', sender: '42' },
    ],
    [{ between: '22:00-07:00' }, { minute: 22 * 60 }],
    [{ between: '22:00-07:00' }, { minute: 6 * 60 + 59 }],
    [{ between: '09:00-17:00' }, { minute: 9 * 60 }],
  ] as const)('%j fit %j', (conditions, found) => {
    expect(matchRules([rule(conditions)], subject(found))).toHaveLength(1);
  });
});

describe('words and their pattern', () => {
  const token = fc.constantFrom('a', 'b', '*', '**');
  const word = fc.constantFrom('a', 'b', 'c');

  it('fit as it is written down', () => {
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 6 }),
        fc.array(word, { maxLength: 7 }),
        (pattern, words) => {
          expect(fitsWords(pattern, words)).toBe(bySpelling(pattern, words));
        },
      ),
    );
  });

  it('are compared at once, whatever the pattern', () => {
    const words = Array.from({ length: 1000 }, () => '-a');
    const stars = Array.from({ length: 60 }, () => ['**', '-a']).flat();
    const before = process.cpuUsage();
    expect(fitsWords([...stars, 'b'], words)).toBe(false);
    expect(denies(rule({ args: [...stars, 'b'] }), ['x', ...words])).toBe(false);
    expect(denies(rule({ args: stars }), ['x', ...words])).toBe(true);
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});
