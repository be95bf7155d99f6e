import { squaresPng } from './png.ts';

/** Rows of a QR code, `true` for dark; around it `quiet` light modules. The library is loaded here. */
export async function qrModules(
  text: string,
  quiet: number,
): Promise<readonly (readonly boolean[])[]> {
  const { encode } = await import('uqr');
  return encode(text, { ecc: 'L', border: quiet }).data;
}

/** Light modules around one on a screen, which has little room. */
const QUIET_ON_SCREEN = 2;

/** The lines of the picture: half blocks, two modules a sign, or two signs a module. Light is drawn. */
export async function qrLines(text: string, full: boolean): Promise<readonly string[]> {
  const rows = await qrModules(text, QUIET_ON_SCREEN);
  if (full) return rows.map((row) => row.map((dark) => (dark ? '  ' : '██')).join(''));
  const pairs = rows.filter((_, at) => at % 2 === 0);
  return pairs.map((upper, at) =>
    // Below the last row of an odd number there is nothing, and that is light.
    upper.map((dark, column) => halves(dark, rows[at * 2 + 1]?.[column] ?? false)).join(''),
  );
}

function halves(upperDark: boolean, lowerDark: boolean): string {
  if (upperDark) return lowerDark ? ' ' : '▄';
  return lowerDark ? '▀' : '█';
}

/** What cameras want around a picture that anything may surround (ISO/IEC 18004). */
const QUIET = 4;
/** Pixels of a module: 500 or so in all, as chats show without making it smaller. */
const SCALE = 8;

/** A QR code as a PNG. */
export const qrPng = async (text: string): Promise<Buffer> =>
  squaresPng(await qrModules(text, QUIET), SCALE);
