import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import { checkConfig } from '../../src/config/check.ts';

const push = {
  name: 'no-push',
  verdict: 'deny',
  reason: 'I push myself',
  program: 'git',
  args: ['push', '**'],
};

const problems = (...rules: Json[]): string => {
  const checked = checkConfig({ version: 1, rules });
  return checked.ok ? '' : checked.problems.map(({ message }) => message).join('\n');
};

describe('the rules of a settings file', () => {
  it('are taken with examples that hold', () => {
    const match = [['git', 'push', 'origin', 'main']];
    expect(problems({ ...push, match, notMatch: [['git', 'log']] })).toBe('');
  });

  it.each([
    ['an unknown action', { action: 'shel.exec' }, 'did you mean "shell.exec"?'],
    ['a time that is none', { between: '25:00-07:00' }, '"rules.0.between" is "25:00-07:00"'],
    ['no time at all', { between: '07:00-07:00' }, 'two different times of day'],
    ['a program with its folder', { program: '/usr/bin/git' }, 'by its name alone'],
    ['a verdict that would loosen', { verdict: 'allow' }, '"ask" or "deny"'],
    ['a condition that there is not', { argz: [] }, 'did you mean "rules.0.args"?'],
    ['an empty reason', { reason: '' }, 'rules.0.reason'],
  ])('are refused with %s', (_, wrong, words) => {
    expect(problems({ ...push, ...wrong })).toContain(words);
  });

  it('are refused where one has no condition', () => {
    const { program, args, ...bare } = push;
    expect(problems(bare)).toContain('at least one condition');
  });

  it('are refused where two share a name', () => {
    expect(problems(push, { ...push, args: ['fetch'] })).toContain(
      '"rules.1.name" is "no-push"; expected a name that no other rule has',
    );
  });

  it('are refused with an example that does not hold, in the words of both', () => {
    const wrong = problems({
      ...push,
      match: [['git', 'log']],
      notMatch: [['git', '-C', 'x', 'push']],
    });
    expect(wrong).toContain('the rule "no-push" (git push \'**\') fits, unlike git log');
    expect(wrong).toContain('"no-push" (git push \'**\') does not fit, unlike git -C x push');
  });
});
