import { squaresPng } from './png.ts';

/** Rows of a QR code, `true` for dark; around it `quiet` light modules. The library is loaded here. */
export async function qrModules(
  text: string,
  quiet: number,
): Promise<readonly (readonly boolean[])[]> {
  const { encode } = await import('uqr');
  return encode(text, { ecc: 'L', border: quiet }).data;
}

/** What cameras want around a picture that anything may surround (ISO/IEC 18004). */
const QUIET = 4;
/** Pixels of a module: 500 or so in all, as chats show without making it smaller. */
const SCALE = 8;

/** A QR code as a PNG. */
export const qrPng = async (text: string): Promise<Buffer> =>
  squaresPng(await qrModules(text, QUIET), SCALE);
