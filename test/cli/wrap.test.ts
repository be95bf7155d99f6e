import { expect, test } from 'vitest';
import { wrapped } from '../../src/cli/out/wrap.ts';

test.each([
  ['one two three', 7, ['one two', 'three']],
  ['/a/path/that/is/long ends', 6, ['/a/path/that/is/long', 'ends']],
  ['漢字 漢字', 5, ['漢字', '漢字']],
  ['as long as it is', undefined, ['as long as it is']],
  ['', 10, ['']],
])('"%s" in %s columns', (text, width, lines) => {
  expect(wrapped(text, width)).toEqual(lines);
});
