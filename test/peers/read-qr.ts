import { createRequire } from 'node:module';

/** What the tests use of jsqr (a port of ZXing) and pngjs; neither brings types that fit. */
type ReadPixels = (
  data: Uint8ClampedArray,
  width: number,
  height: number,
) => { readonly data: string } | null;
interface Picture {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const load = createRequire(import.meta.url);
const readPixels: ReadPixels = load('jsqr');
const { PNG }: { readonly PNG: { readonly sync: { read(png: Uint8Array): Picture } } } =
  load('pngjs');

/** Takes a PNG apart: four bytes a pixel. Throws where it is none. */
export const readPng = (png: Uint8Array): Picture => PNG.sync.read(png);

/** What a QR code says, of a picture with four bytes a pixel; undefined where there is none. */
export const readQr = ({ data, width, height }: Picture): string | undefined =>
  readPixels(new Uint8ClampedArray(data), width, height)?.data;

const SCALE = 4;

/** Block signs of a terminal with a dark ground, as a camera sees them: half blocks, or two signs a module. */
export function readTerminalQr(lines: readonly string[], full: boolean): string | undefined {
  const rows = lines.flatMap((line) => {
    const signs = full ? [...line].filter((_, at) => at % 2 === 0) : [...line];
    const upper = signs.map((sign) => sign === '█' || sign === '▀');
    return full ? [upper] : [upper, signs.map((sign) => sign === '█' || sign === '▄')];
  });
  const [width, height] = [(rows[0]?.length ?? 0) * SCALE, rows.length * SCALE];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const light = rows[Math.floor(y / SCALE)]?.[Math.floor(x / SCALE)] === true;
      data.fill(light ? 255 : 0, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  return readQr({ data: new Uint8Array(data), width, height });
}
