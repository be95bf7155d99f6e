import { describe, expect, it } from 'vitest';
import { squaresPng } from '../../src/base/png.ts';
import { qrPng } from '../../src/base/qr.ts';
import { writeSetupCode } from '../../src/protocol/setup-code.ts';
import { readPng, readQr } from '../peers/read-qr.ts';

const code = writeSetupCode({
  url: 'wss://atom.example.ts.net:8443',
  bootstrapToken: 'b'.repeat(22),
  expiresAtMs: 1_700_000_180_000,
  fingerprint: `SHA256:${'f'.repeat(43)}`,
});

describe('a picture of a QR code', () => {
  it('reads as what was drawn', async () => {
    expect(readQr(readPng(await qrPng(code)))).toBe(code);
  });

  it('is a PNG whose squares are black and white', () => {
    const rows = [
      [true, false],
      [false, true],
      [true, true],
    ];
    const picture = readPng(squaresPng(rows, 3));
    expect([picture.width, picture.height]).toEqual([6, 9]);
    const grey = (x: number, y: number) => picture.data[(y * picture.width + x) * 4];
    expect([grey(0, 0), grey(3, 2), grey(2, 5), grey(5, 5), grey(5, 8)]).toEqual([
      0, 255, 255, 0, 0,
    ]);
  });
});
