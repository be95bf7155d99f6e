/**
 * Runs alone in a jail: reads the picture `original` of its folder and writes it anew as `ready`, in at
 * most `most` bytes (given as JSON on standard input), without a word of what else the file held: place,
 * camera, comments, thumbnails. Says why not by its exit code alone: 3 for too many points, 4 where it
 * does not fit. Whatever a picture does to its decoder, it does here: no network, no other file, little
 * memory, little time.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import sharp from 'sharp';

/** A picture of few bytes can be one of very many points. */
const MOST_POINTS = 50_000_000;
const LOADERS = ['JpegFile', 'PngFile', 'WebpFile', 'NsgifFile', 'TiffFile', 'HeifFile'];
/** Longest side in points, quality: the first that fits is taken. */
const STEPS = [
  [4096, 90],
  [2560, 80],
  [1600, 75],
  [1024, 70],
  [640, 60],
] as const;

sharp.cache(false);
sharp.concurrency(1);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: LOADERS.map((name) => `VipsForeignLoad${name}`) });

const { most } = JSON.parse(readFileSync(0, 'utf8')) as { readonly most: number };

const sized = (side: number) =>
  sharp('original', { limitInputPixels: MOST_POINTS, failOn: 'warning' })
    .autoOrient()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true });

/** What is drawn stays sharp as PNG, and may be seen through; photographs would be far too large. */
async function drawn(): Promise<Buffer | undefined> {
  const { format } = await sharp('original', { limitInputPixels: MOST_POINTS }).metadata();
  if (format !== 'png' && format !== 'gif') return undefined;
  const png = await sized(STEPS[0][0]).png({ compressionLevel: 9 }).toBuffer();
  return png.length <= most ? png : undefined;
}

async function photographed(): Promise<Buffer> {
  for (const [side, quality] of STEPS) {
    const jpeg = await sized(side).flatten({ background: '#fff' }).jpeg({ quality }).toBuffer();
    if (jpeg.length <= most) return jpeg;
  }
  process.exit(4);
}

try {
  const ready = (await drawn()) ?? (await photographed());
  writeFileSync('ready', ready, { flag: 'wx', mode: 0o600 });
} catch (error) {
  process.exit(String(error).includes('pixel limit') ? 3 : 1);
}
