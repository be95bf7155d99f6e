import { useAnimation } from 'ink';
import type { ReactNode } from 'react';
import { visible } from '../../base/visible.ts';
import type { Turn } from '../desk/state.ts';
import { RowsView } from '../screen/rows-view.tsx';
import { type Row, span } from '../text/spans.ts';
import { clip } from '../text/wrap.ts';

/** Eight frames a second: enough to see that something moves, and no flicker. */
const FRAME_MS = 125;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** What runs, and the last row that it printed. */
export function progressRow({ words, tail }: Turn, columns: number, mark = '…'): Row {
  const text = tail === '' ? words : `${words}  ${visible(tail)}`;
  return [span(mark, 'accent'), span(` ${clip(text, columns - 3)}`, 'dim')];
}

export interface ProgressProps {
  readonly turn: Turn;
  readonly columns: number;
  readonly still: boolean;
  readonly color: boolean;
}

/** One row while a turn runs. Mounted only then, so that nothing ticks when nothing happens. */
export function Progress({ turn, columns, still, color }: ProgressProps): ReactNode {
  const { frame } = useAnimation({ interval: FRAME_MS, isActive: !still });
  const mark = still ? undefined : FRAMES[frame % FRAMES.length];
  return <RowsView rows={[progressRow(turn, columns, mark)]} color={color} />;
}
