import { expect, it } from 'vitest';
import { checkConfig } from '../../src/config/check.ts';

const jails = [{ name: 'work', folder: '/srv/work' }];
const user = (name: string, more: object = {}) => [
  name,
  { role: 'member', senders: [`telegram:${name}`], agents: [name], jails: ['work'], ...more },
];

it('more users than the edition takes are counted and not all said again, behind what else is wrong', () => {
  const names = [
    'ann',
    'ben',
    'cem',
    'dan',
    'eva',
    'fay',
    'gus',
    'hal',
    'ida',
    'jim',
    'joe',
    'jon',
  ];
  const many = names.map((name) => user(name));
  const users = Object.fromEntries([...many, user('kim', { jails: ['nope'] })]);
  const checked = checkConfig({ version: 1, jails, users });
  if (checked.ok) throw new Error('it is one too many');
  const words = checked.problems.map(({ message }) => message);
  expect(words[0]).toContain('"users.kim.jails.0" is "nope"');
  expect(words.at(-1)).toMatch(/^"users" has 13 entries; expected at most \d+ members/);
});
