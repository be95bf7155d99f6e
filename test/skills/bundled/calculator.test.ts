import { describe, expect, it } from 'vitest';
import { calculate, numberText } from '../../../skills/calculator/calculate.ts';

describe('the calculator', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['-2 ^ 2', '-4'],
    ['2 ^ 3 ^ 2', '512'],
    ['2 ** 10 =', '1024'],
    ['0.1 + 0.2', '0.3'],
    ['10 / 4', '2.5'],
    ['15% of 80', '12'],
    ['80 + 15%', '92'],
    ['80 - 15%?', '68'],
    ['10% + 5%', '0.15'],
    ['1,234.5 × 2', '2469'],
    ['sqrt(16) + max(1, 2, 3)', '7'],
    ['2 * PI', '6.28318530718'],
    ['1e3 − 1', '999'],
    ['7 ÷ 2', '3.5'],
  ])('%s is %s', (expression, expected) => {
    expect(numberText(calculate(expression))).toBe(expected);
  });

  it.each([
    ['1 / 0', 'no finite result'],
    ['2 +', 'missing at the end'],
    ['(1 + 2', 'not closed'],
    ['1 2', 'not expected'],
    ['constructor(1)', 'not expected'],
    ['process.exit()', 'cannot calculate'],
    ['"a"', 'cannot calculate'],
    ['sqrt 4', 'needs parentheses'],
    ['('.repeat(400), 'nested too deeply'],
  ])('says what is wrong with %s', (expression, why) => {
    expect(() => calculate(expression)).toThrow(why);
  });
});
