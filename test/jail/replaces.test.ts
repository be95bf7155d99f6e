import { expect, test } from 'vitest';
import { replacedBy } from '../../src/jail/replaces.ts';

const by = (...lines: readonly string[]) => replacedBy(lines.map((line) => line.split(' ')));

test('what installs packages replaces node_modules, alone and in a line', () => {
  for (const line of ['npm ci', 'npm install x', 'pnpm i', 'yarn add x', 'bun install'])
    expect(by('cd app', line)).toEqual(['node_modules']);
});

test.each([
  'npm test',
  'npm run ci',
  'npm --prefix x ci',
  './npm ci',
  '/usr/bin/npm ci',
  'node ci',
  'constructor has',
  'npm',
])('nothing else does, nor what only looks like it: %s', (line) => {
  expect(by(line)).toEqual([]);
});
