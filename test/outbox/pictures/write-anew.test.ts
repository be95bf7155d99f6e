import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { LaunchResult } from '../../../src/domain/jail.ts';
import type { PictureHost } from '../../../src/outbox/pictures/write-anew.ts';
import { photograph, setDarkroom } from './stage.ts';

describe('a picture that leaves', () => {
  it('says nothing any more of where, by whom and with what it was taken', async () => {
    const { anew, folder } = await setDarkroom();
    // Held upright by its own words alone.
    const original = await sharp(await photograph())
      .keepMetadata()
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const marks = ['SecretCamera', 'Dana', '4711-SERIAL', 'XMP-OF-DANA', 'Exif'];
    for (const mark of marks) expect(original.includes(mark), mark).toBe(true);
    const { path, type, bytes } = await anew(original);
    const written = readFileSync(path);
    expect({ type, bytes }).toEqual({ type: 'image/jpeg', bytes: written.length });
    for (const mark of marks) expect(written.includes(mark), mark).toBe(false);
    const { exif, xmp, iptc, icc, width, height } = await sharp(written).metadata();
    expect({ exif, xmp, iptc, icc }).toEqual({});
    expect([width, height]).toEqual([200, 320]);
    expect(readdirSync(folder)).toEqual(['picture.jpg']);
  });

  it('stays a PNG that can be seen through where it fits, and becomes a small JPEG where it does not', async () => {
    const { anew } = await setDarkroom();
    const drawn = { width: 300, height: 300, channels: 4, background: '#11223344' } as const;
    const png = await sharp({ create: drawn }).png().toBuffer();
    const written = await anew(png);
    expect(written.type).toBe('image/png');
    expect(await sharp(written.path).metadata()).toMatchObject({ hasAlpha: true, width: 300 });
    const large = await setDarkroom();
    const small = await large.anew(await photograph(900, 700), 100_000);
    expect(small.bytes).toBeLessThanOrEqual(100_000);
    expect(readFileSync(small.path)).toHaveLength(small.bytes);
  });

  it.each([
    ['it is damaged', async () => (await photograph()).subarray(0, 4000)],
    ['it is damaged', async () => SVG],
    ['more than 50 million points', async () => hugePng()],
  ])('is refused where %s, and never leaves as it was', async (why, make) => {
    const { anew, folder } = await setDarkroom();
    const attempt = anew(await make());
    await expect(attempt).rejects.toThrow(`could not be written anew: `);
    await expect(attempt).rejects.toThrow(why);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is refused where no jail holds', async () => {
    const status = async () => ({ state: 'unavailable', reason: 'none' }) as const;
    const { anew } = await setDarkroom({ status });
    await expect(anew(await photograph())).rejects.toThrow('there is no jail');
  });

  it.each([
    ['a link', (path: string) => symlinkSync('/etc/passwd', path)],
    ['something else', (path: string) => writeFileSync(path, '#!/bin/sh')],
    [
      'far too much',
      (path: string) => writeFileSync(path, Buffer.concat([JPEG, new Uint8Array(999)])),
    ],
  ])('is refused where a decoder that was taken over left %s', async (_, leave) => {
    const launchFor: PictureHost['launchFor'] = (folder) => async () => {
      leave(join(folder, 'ready'));
      return ENDED;
    };
    const { anew } = await setDarkroom({ launchFor });
    await expect(anew(JPEG, 500)).rejects.toThrow();
  });
});

const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>',
);
const JPEG = Buffer.from('\xff\xd8\xff\xe0', 'latin1');
const ENDED: LaunchResult = {
  ending: { kind: 'exit', code: 0 },
  ...{ stdout: '', stderr: '', truncated: false, ms: 1 },
};

/** A PNG of 60,000 by 60,000 points, in a few hundred bytes. */
function hugePng(): Buffer {
  const side = Buffer.alloc(4);
  side.writeUInt32BE(60_000);
  const small = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const huge = Buffer.from(small);
  side.copy(huge, 16);
  side.copy(huge, 20);
  huge.writeUInt32BE(crc32(huge.subarray(12, 29)), 29);
  return huge;
}
