import { Box, useWindowSize } from 'ink';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import type { Clock } from '../../base/clock.ts';
import type { Desk } from '../desk/desk.ts';
import type { Printer } from '../log/printer.ts';
import { Progress, progressRows } from '../status/progress.tsx';
import { statusRow } from '../status/status-row.ts';
import { layOut } from './layout.ts';
import type { Drawn } from './reflow.ts';
import { RowsView } from './rows-view.tsx';
import { useSeconds } from './use-seconds.ts';
import { useKeys, useTerminal } from './use-terminal.ts';

export interface AppProps {
  readonly desk: Desk;
  readonly printer: Printer;
  /** Written to: what the screen shows. */
  readonly drawn: Drawn;
  readonly clock: Clock;
  readonly profile: string;
  readonly still: boolean;
  readonly color: boolean;
  onInterrupt(): void;
  readonly onSuspend?: () => void | Promise<void>;
}

/** The live region: a card where one waits, else what runs; the composer; one status row. */
export function App(props: AppProps): ReactNode {
  const { desk, clock, color, profile, still } = props;
  const state = useSyncExternalStore(desk.store.subscribe, desk.store.get);
  const size = useWindowSize();
  const suspend = useTerminal(props.printer, props.onSuspend);
  useKeys(desk, props.onInterrupt, suspend);
  useEffect(() => {
    if (size.columns > 0) desk.resized();
  }, [desk, size]);
  const { card, composer, turn, most, feed } = layOut(state, size, clock.now());
  useSeconds(card !== undefined);
  if (state.over) return null;
  const { columns } = size;
  const { status, stopping, cards } = state;
  const above = card?.rows ?? feed;
  const below = [
    ...composer,
    statusRow({ profile, status, stopping, waiting: cards.length, columns }),
  ];
  props.drawn.rows = [...above, ...(turn ? progressRows({ turn, columns, most }) : []), ...below];
  return (
    <Box flexDirection="column">
      <RowsView rows={above} color={color} />
      {turn ? <Progress {...{ turn, columns, most, still, color }} /> : null}
      <RowsView rows={below} color={color} />
    </Box>
  );
}
