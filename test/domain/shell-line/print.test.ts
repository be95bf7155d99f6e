import fc from 'fast-check';
import { expect, it } from 'vitest';
import { printScript } from '../../../src/domain/shell-line/print.ts';
import { readLine } from '../../../src/domain/shell-line/read-line.ts';
import { lines } from './lines.ts';

it('what was printed is read as what it was printed from', () => {
  let read = 0;
  fc.assert(
    fc.property(lines, (line) => {
      const first = readLine(line);
      if (!first.ok) return;
      read += 1;
      const text = printScript(first.script);
      const second = readLine(text);
      expect(second, text).toMatchObject({ ok: true });
      if (second.ok) expect(printScript(second.script)).toBe(text);
    }),
    { numRuns: 5000 },
  );
  expect(read).toBeGreaterThan(1000);
});

it('no text leaves its quotes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme-ascii' }), (text) => {
      const words = [[{ kind: 'text', text: 'x' }], [{ kind: 'text', text }]] as const;
      const command = { kind: 'simple', assignments: [], words, redirects: [] } as const;
      const steps = [{ join: ';', negated: false, stages: [command] }] as const;
      const again = readLine(printScript({ steps }));
      expect(again).toEqual({ ok: true, script: { steps } });
    }),
  );
});
