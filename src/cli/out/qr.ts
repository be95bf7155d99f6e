import { styleText } from 'node:util';
import { qrLines } from '../../base/qr.ts';
import type { Cli } from '../cli.ts';
import { hasColor } from './out.ts';

/** Rows that must stay free for the words around the picture. */
const WORDS_ROWS = 4;

export interface QrOptions {
  /** One module is two columns and a row: larger, for terminals that put space between lines. */
  readonly full?: boolean;
  /** What else there is to use, for where it does not fit: `the code`. */
  readonly instead?: string;
}

/**
 * Draws a text as a QR code on stderr. False where it was not: a screen reader reads nothing from it,
 * and a picture that does not fit the terminal cannot be scanned; why is said.
 */
export async function drawQr(cli: Cli, text: string, options: QrOptions = {}): Promise<boolean> {
  if (!mayDraw(cli)) return false;
  const lines = await qrLines(text, options.full === true);
  const { needs, has, fits } = roomFor(lines);
  if (fits) draw(cli, lines);
  else {
    const or = options.instead === undefined ? '' : ` Enlarge it, or use ${options.instead}.`;
    cli.out.warn(`The QR code needs ${needs}; this terminal is ${has}.${or}`);
  }
  return fits;
}

/** Draws one that did not fit as soon as the terminal was made large enough. Returns how to stop looking. */
export function drawOnceItFits(cli: Cli, text: string, options: QrOptions = {}): () => void {
  if (!mayDraw(cli)) return () => undefined;
  const look = async (): Promise<void> => {
    const lines = await qrLines(text, options.full === true);
    if (!roomFor(lines).fits || !process.stderr.listeners('resize').includes(onResize)) return;
    stop();
    draw(cli, lines);
  };
  const onResize = (): void => {
    look().catch((error: unknown) => cli.out.warn(`no QR code: ${String(error)}`));
  };
  const stop = (): void => void process.stderr.off('resize', onResize);
  process.stderr.on('resize', onResize);
  return stop;
}

const mayDraw = ({ env, flags }: Cli): boolean =>
  process.stderr.isTTY === true && !flags.plain && !env.screenReader && env.term !== 'dumb';

function roomFor(lines: readonly string[]) {
  const { rows = 24, columns = 80 } = process.stderr;
  const [width, height] = [lines[0]?.length ?? 0, lines.length + WORDS_ROWS];
  return {
    needs: `${width}x${height}`,
    has: `${columns}x${rows}`,
    fits: width <= columns && height <= rows,
  };
}

function draw({ env, flags }: Cli, lines: readonly string[]): void {
  // Said outright, since many cameras read no dark code on a light ground turned around.
  const dress = (line: string): string =>
    hasColor(env, flags, process.stderr)
      ? styleText(['whiteBright', 'bgBlack'], line, { validateStream: false })
      : line;
  process.stderr.write(`${lines.map(dress).join('\n')}\n`);
}
