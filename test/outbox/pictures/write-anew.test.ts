import { readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
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
    ['png', 'image/png', { channels: 4, hasAlpha: true }],
    ['gif', 'image/png', { channels: 4, hasAlpha: true }],
    ['webp', 'image/jpeg', { channels: 3, hasAlpha: false }],
    ['tiff', 'image/jpeg', { channels: 3, hasAlpha: false }],
    ['avif', 'image/jpeg', { channels: 3, hasAlpha: false }],
  ] as const)('is read as %s, upright and as it was drawn', async (format, type, facts) => {
    const { anew } = await setDarkroom();
    const original = await sharp(await halves())
      .withMetadata({ orientation: 6 })
      .toFormat(format, format === 'tiff' ? { compression: 'lzw' } : { lossless: true })
      .toBuffer();
    const written = await anew(original);
    expect(written.type).toBe(type);
    expect(await sharp(written.path).metadata()).toMatchObject(facts);
    // Turned to the right; a GIF cannot say that it was held upright, and no point of it is seen through by half.
    const [red, blue] = ['8,0,0', format === 'gif' ? '0,0,8' : '4,4,8'];
    const turned = format === 'gif' ? [red, red, blue, blue] : [blue, red, red, blue];
    expect(await cornersOf(sharp(written.path))).toEqual(turned);
  });

  it('keeps its colours where their profile does not go with it', async () => {
    const { anew } = await setDarkroom();
    const wide = { width: 80, height: 60, channels: 3, background: '#c83214' } as const;
    const original = await sharp({ create: wide }).withIccProfile('p3').png().toBuffer();
    expect((await sharp(original).metadata()).icc).toBeDefined();
    const { path } = await anew(original);
    expect((await sharp(path).metadata()).icc).toBeUndefined();
    expect(await cornersOf(sharp(path))).toEqual(Array(4).fill('6,2,1'));
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

/** Red above a blue that can half be seen through. */
const halves = (): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 24, channels: 4, background: '#ff0000' } })
    .extend({ bottom: 24, background: '#0000ff80' })
    .png()
    .toBuffer();

/** The corners on white, clockwise from the upper left: red, green and blue, each from 0 to 8. */
async function cornersOf(picture: Sharp): Promise<readonly string[]> {
  const { data, info } = await picture
    .flatten({ background: '#fff' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number): string => {
    const point = (y * info.width + x) * 3;
    return [...data.subarray(point, point + 3)].map((part) => Math.round(part / 32)).join();
  };
  const [right, bottom] = [info.width - 3, info.height - 3];
  return [at(2, 2), at(right, 2), at(right, bottom), at(2, bottom)];
}

const SVG = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>',
);
const JPEG = Buffer.from('\xff\xd8\xff\xe0', 'latin1');
const ENDED: LaunchResult = {
  ending: { kind: 'exit', code: 0 },
  stdout: '',
  stderr: '',
  truncated: false,
  ms: 1,
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
