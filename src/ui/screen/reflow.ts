import type { UiOptions } from '../options.ts';
import { type Row, widthOf } from '../text/spans.ts';

/** Rows that a frame grows by when a terminal becomes narrower and breaks its longer rows anew. */
export const extraRows = (widths: readonly number[], columns: number): number =>
  widths.reduce((sum, width) => sum + Math.max(0, Math.ceil(width / Math.max(1, columns)) - 1), 0);

/** The frame that is on the screen. */
export interface Drawn {
  rows: readonly Row[];
}

/**
 * Ink erases as many rows as it drew, but a narrower terminal has made more of them: erases the rest
 * first, so that nothing of the old frame stays behind. Returns how to stop.
 */
export function watchReflow(stdout: UiOptions['stdout'], drawn: Drawn): () => void {
  let before = stdout.columns ?? 0;
  const resized = (): void => {
    const columns = stdout.columns ?? 0;
    const extra = columns < before ? extraRows(drawn.rows.map(widthOf), columns) : 0;
    before = columns;
    if (extra > 0) stdout.write(`${'\u001B[2K\u001B[1A'.repeat(extra)}\r`);
  };
  // Ink listens already; this has to come before it.
  stdout.prependListener('resize', resized);
  return () => stdout.off('resize', resized);
}
