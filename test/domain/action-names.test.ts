import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { actionNames } from '../../src/domain/action-names.ts';

const SRC = join(import.meta.dirname, '..', '..', 'src');

test('every action that is written down anywhere can be named in a rule', () => {
  const written = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [
      ...readFileSync(join(SRC, path), 'utf8').matchAll(/^ {2}name: '([a-z]+\.[a-z]+)',$/gm),
    ])
    .map(([, name]) => name);
  expect(written).toContain('shell.exec');
  expect(written.filter((name) => !actionNames.includes(name ?? ''))).toEqual([]);
});
