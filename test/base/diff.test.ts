import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../src/base/diff.ts';

test('equal texts have no diff, a new file is all plus', () => {
  expect(unifiedDiff('a\n', 'a\n')).toBe('');
  expect(unifiedDiff('', 'a\nb\n')).toBe('@@ -1 +1 @@\n+a\n+b');
});

test('changes far apart stand in hunks of their own, with three lines around', () => {
  const before = Array.from({ length: 30 }, (_, i) => `${i}`);
  const after = before.with(2, 'two').toSpliced(20, 1);
  const diff = unifiedDiff(`${before.join('\n')}\n`, `${after.join('\n')}\n`);
  expect(diff.split('\n').filter((line) => /^[-+@]/.test(line))).toEqual([
    ...['@@ -1 +1 @@', '-2', '+two', '@@ -18 +18 @@', '-20'],
  ]);
});

test('a missing newline at the end is seen', () => {
  expect(unifiedDiff('a\n', 'a')).toContain('no newline at the end');
});

test('however long it is, nothing is left out', () => {
  const long = Array.from({ length: 5000 }, (_, i) => `line ${i}\n`).join('');
  const lines = unifiedDiff('', long).split('\n');
  expect(lines).toHaveLength(5001);
  expect(lines.at(-1)).toBe('+line 4999');
});

test('the diff always holds every changed line', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
  const joined = (lines: string[]) => lines.map((line) => `${line}\n`).join('');
  fc.assert(
    fc.property(text, text, (before, after) => {
      const marks = unifiedDiff(joined(before), joined(after))
        .split('\n')
        .map((line) => line[0]);
      const count = (mark: string) => marks.filter((each) => each === mark).length;
      expect(count('+') - count('-')).toBe(after.length - before.length);
      expect(count('+') + count('-') === 0).toBe(before.join() === after.join());
    }),
  );
});
