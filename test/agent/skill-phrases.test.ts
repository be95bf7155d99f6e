import { describe, expect, it } from 'vitest';
import { meaningOfExample } from '../../src/agent/offline/skill-phrases.ts';
import { noPermissions, type Skill } from '../../src/domain/skill.ts';

const skill = (name: string, examples: readonly string[], input: Skill['input'] = {}): Skill => ({
  name,
  examples,
  input,
  description: 'x',
  version: '1.0.0',
  digest: 'd',
  complexity: 1,
  permissions: noPermissions,
  kind: 'module',
  origin: 'profile',
});
const text = { type: 'string' };
const skills = [
  skill('hello', ['greet NAME', 'say hello to NAME'], {
    properties: { name: text },
    required: ['name'],
  }),
  skill('change', ['AMOUNT euros in CURRENCY'], {
    properties: { amount: { type: 'number' }, currency: text },
    required: ['amount', 'currency'],
  }),
  skill('dice', ['roll the dice', 'how many SIDES sides'], {
    properties: { sides: { type: 'integer' } },
  }),
  skill('greedy', ['TEXT'], { properties: { text } }),
  skill('needy', ['feed me'], { properties: { food: text }, required: ['food'] }),
];

describe('the examples of a skill, said without a model', () => {
  it.each([
    ['greet Dana', 'skill_hello', { name: 'Dana' }],
    ['Please say hello to Ada Lovelace!', 'skill_hello', { name: 'Ada Lovelace' }],
    ['greet "the whole team."', 'skill_hello', { name: 'the whole team.' }],
    ['12.5 euros in US dollars', 'skill_change', { amount: 12.5, currency: 'US dollars' }],
    ['Roll the dice, please.', 'skill_dice', {}],
    ['how many 6 sides?', 'skill_dice', { sides: 6 }],
  ])('“%s” is understood', (said, tool, input) => {
    expect(meaningOfExample(said, skills)).toEqual({ tool, input });
  });

  it.each([
    'greet',
    'some euros in dollars',
    'feed me',
    'anything at all',
    'roll',
    'how many odd sides',
  ])('“%s” is not taken for one', (said) => {
    expect(meaningOfExample(said, skills)).toBeUndefined();
  });
});
