import { expect, it } from 'vitest';
import { qrLines } from '../../src/base/qr.ts';
import { readTerminalQr } from '../peers/read-qr.ts';

for (const full of [false, true])
  it(`draws ${full ? 'large' : 'half blocks'} so that cameras read what was meant`, async () => {
    for (const length of [20, 78, 230]) {
      const text = 'atom'.repeat(60).slice(0, length);
      expect(readTerminalQr(await qrLines(text, full), full)).toBe(text);
    }
  });

it('is as large as was promised: (modules + 4) / 2 rows', async () => {
  // 237 bytes are version 10 at level L: 57 modules.
  const lines = await qrLines('x'.repeat(237), false);
  expect([lines.length, lines[0]?.length]).toEqual([31, 61]);
  expect((await qrLines('x'.repeat(237), true)).length).toBe(61);
});
