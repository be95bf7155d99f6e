import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { mendReflow, WRAPPED, widthsAfter } from '../../../src/ui/screen/reflow.ts';
import { SETTLED_MS } from '../../../src/ui/screen/resizing.ts';

const ERASE = '\u001B[2K';
const UP = '\u001B[1A';

function terminal() {
  const stdout = Object.assign(new PassThrough(), { columns: 80, rows: 24 });
  const written: string[] = [];
  stdout.on('data', (chunk) => written.push(String(chunk)));
  const mended = mendReflow(stdout);
  onTestFinished(mended.stop);
  const resize = (columns: number): void => {
    stdout.columns = columns;
    stdout.emit('resize');
  };
  return { mended: mended.stdout, written, resize };
}

/** Rows that are erased besides those that whoever wrote it counted. */
const extraIn = (text: string): number =>
  /7l((?:\u001B\[2K\u001B\[1A)*)\r/.exec(text)?.[1]?.split(UP).length ?? 1;

describe('a frame on a terminal that changes its size', () => {
  it('is learned from what is written', () => {
    expect(widthsAfter(`${ERASE}${UP}${ERASE}\u001B[Gab\n漢字\n`)).toEqual([2, 4]);
    expect(widthsAfter(ERASE + UP + ERASE)).toEqual([]);
    expect(widthsAfter('\u001B[?25l')).toBeUndefined();
  });

  it('is erased with the rows that its own were broken into', () => {
    const { mended, written, resize } = terminal();
    mended.write(`${'x'.repeat(70)}\n${'y'.repeat(30)}\n`);
    resize(30);
    mended.write(`${ERASE}${UP}${ERASE}\u001B[Gnew\n`);
    expect(extraIn(written.at(-1) ?? '') - 1).toBe(2);
    mended.write(`${ERASE}${UP}${ERASE}\u001B[Gnewer\n`);
    expect(extraIn(written.at(-1) ?? '') - 1).toBe(0);
  });

  it('is cut by the terminal and never broken, and what is printed above is broken', () => {
    const { mended, written } = terminal();
    mended.write('a frame\n');
    expect(written.at(-1)).toBe('\u001B[?7la frame\n\u001B[?7h');
    mended.write(`${WRAPPED}a line\n`);
    expect(written.at(-1)).toBe(`${WRAPPED}a line\n`);
  });

  it('is waited for as by whoever writes to the terminal itself', async () => {
    const { mended } = terminal();
    await new Promise<void>((resolve) => mended.write('a frame\n', () => resolve()));
    await new Promise<void>((resolve) => mended.write('', () => resolve()));
  });

  it('is drawn for a new size once that stays', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { mended, resize } = terminal();
    const told: (number | undefined)[] = [];
    const listener = (): void => void told.push(mended.columns);
    mended.on('resize', listener);
    for (const columns of [70, 60, 50]) {
      resize(columns);
      vi.advanceTimersByTime(SETTLED_MS - 1);
    }
    expect([told, mended.columns]).toEqual([[], 80]);
    vi.advanceTimersByTime(1);
    expect([told, mended.columns]).toEqual([[50], 50]);
    mended.off('resize', listener);
    resize(90);
    vi.advanceTimersByTime(SETTLED_MS);
    expect(told).toEqual([50]);
  });
});
