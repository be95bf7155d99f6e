import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import type { UiOptions } from '../options.ts';
import { announceLater } from './resizing.ts';

type Stdout = UiOptions['stdout'];

/** Turns on that a terminal breaks rows that are too long, as it does by itself. What is printed begins with it. */
export const WRAPPED = '\u001B[?7h';
/** Frames are drawn without: one that comes when the terminal has just become narrower keeps its number of rows. */
const UNWRAPPED = '\u001B[?7l';
const ERASE = '\u001B[2K';
const UP = '\u001B[1A';

/** Rows that a frame grows by when a terminal becomes narrower and breaks its longer rows anew. */
export const extraRows = (widths: readonly number[], columns: number): number =>
  widths.reduce((sum, width) => sum + Math.max(0, Math.ceil(width / Math.max(1, columns)) - 1), 0);

/** How wide the rows of a frame are once this was written; undefined where it draws and erases nothing. */
export function widthsAfter(written: string): readonly number[] | undefined {
  const shown = stripVTControlCharacters(written);
  if (shown.trim() === '') return written.includes(ERASE) ? [] : undefined;
  return shown
    .replace(/\n$/, '')
    .split('\n')
    .map((row) => stringWidth(row));
}

/** A terminal for Ink. */
export interface Mended {
  readonly stdout: Stdout;
  /** Listens to the true one no longer. */
  stop(): void;
}

/**
 * Ink erases as many rows as it drew, but a terminal that became narrower has made more of them: erases the rest
 * first, so that nothing of the old frame stays behind. Ink is told of a size once it stays: a terminal breaks its
 * rows before it says so, and whatever is drawn in between erases the wrong ones.
 */
export function mendReflow(stdout: Stdout): Mended {
  let widths: readonly number[] = [];
  const write = (text: string, done?: () => void): boolean => {
    if (text.startsWith(WRAPPED)) return stdout.write(text, done);
    const columns = stdout.columns || 80;
    const extra = text.includes(ERASE) ? extraRows(widths, columns) : 0;
    const rest = extra > 0 ? `${(ERASE + UP).repeat(extra)}\r` : '';
    // What is too long for the screen is cut by it.
    const drawn = widthsAfter(text)?.map((width) => Math.min(width, columns));
    widths = drawn ?? widths;
    const isFrame = drawn !== undefined && drawn.length > 0;
    return stdout.write(isFrame ? `${UNWRAPPED}${rest}${text}${WRAPPED}` : rest + text, done);
  };
  const { size, on, off, stop } = announceLater(stdout);
  const instead: Readonly<Record<string, () => unknown>> = {
    write: () => write,
    columns: () => size().columns,
    rows: () => size().rows,
    on: () => on,
    addListener: () => on,
    off: () => off,
    removeListener: () => off,
  };
  const mended = new Proxy(stdout, {
    get(target, name) {
      if (typeof name === 'string' && Object.hasOwn(instead, name)) return instead[name]?.();
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { stdout: mended, stop };
}
