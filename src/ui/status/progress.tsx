import { useAnimation } from 'ink';
import type { ReactNode } from 'react';
import type { Colors } from '../../base/theme.ts';
import { linesOf } from '../../domain/last-lines.ts';
import type { Turn } from '../desk/state.ts';
import { RowsView } from '../screen/rows-view.tsx';
import { outsideLine } from '../text/outside.ts';
import { type Row, span } from '../text/spans.ts';
import { clip } from '../text/wrap.ts';

/** Eight frames a second: enough to see that something moves, and no flicker. */
const FRAME_MS = 125;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** What runs, and below it the last rows that it printed: `most` at most. */
function progressRows({ turn, columns, most }: Shown, mark = '…'): readonly Row[] {
  const { words, tail } = turn;
  const printed = most > 0 ? linesOf(tail, most).map(outsideLine) : [];
  return [
    [span(mark, 'accent'), span(` ${clip(words, columns - 3)}`, 'dim')],
    ...printed.map((line) => [span(`  ${clip(line, columns - 3)}`, 'dim')]),
  ];
}

export interface Shown {
  readonly turn: Turn;
  readonly columns: number;
  /** Rows of output that there is room for. */
  readonly most: number;
}

export interface ProgressProps extends Shown {
  readonly still: boolean;
  /** The spinner turns now. */
  readonly isMoving: boolean;
  readonly colors: Colors;
}

/** A few rows while a turn runs. Mounted only then, so that nothing ticks when nothing happens. */
export function Progress({ still, isMoving, colors, ...shown }: ProgressProps): ReactNode {
  const { frame } = useAnimation({ interval: FRAME_MS, isActive: isMoving });
  const mark = still ? undefined : FRAMES[frame % FRAMES.length];
  return <RowsView rows={progressRows(shown, mark)} colors={colors} />;
}
