import { styleText } from 'node:util';
import type { Cli } from '../cli.ts';
import { hasColor } from './out.ts';

/** Rows that must stay free for the words around the picture. */
const WORDS_ROWS = 4;

/**
 * Draws a text as a QR code on stderr. False where it was not: a screen reader reads nothing from it,
 * and a picture that does not fit the terminal cannot be scanned; why is said.
 */
export async function drawQr({ env, flags, out }: Cli, text: string): Promise<boolean> {
  const { isTTY, rows = 24, columns = 80 } = process.stderr;
  if (isTTY !== true || flags.plain || env.screenReader || env.term === 'dumb') return false;
  const lines = await qrLines(text);
  const [width, height] = [lines[0]?.length ?? 0, lines.length + WORDS_ROWS];
  if (width > columns || height > rows) {
    out.warn(`The QR code needs ${width}x${height}; this terminal is ${columns}x${rows}.`);
    return false;
  }
  // Said outright, since many cameras read no dark code on a light ground turned around.
  const dress = (line: string): string =>
    hasColor(env, flags, process.stderr)
      ? styleText(['whiteBright', 'bgBlack'], line, { validateStream: false })
      : line;
  process.stderr.write(`${lines.map(dress).join('\n')}\n`);
  return true;
}

/** Half blocks, two modules a sign. The library is loaded here, on first use. */
async function qrLines(text: string): Promise<readonly string[]> {
  const { default: library } = await import('qrcode-terminal');
  return new Promise((resolve) => {
    library.generate(text, { small: true }, (drawn) => resolve(drawn.trimEnd().split('\n')));
  });
}
