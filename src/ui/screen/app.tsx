import { Box, useWindowSize } from 'ink';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import type { Clock } from '../../base/clock.ts';
import type { Desk } from '../desk/desk.ts';
import type { Printer } from '../log/printer.ts';
import { Progress } from '../status/progress.tsx';
import { statusRow } from '../status/status-row.ts';
import { layOut } from './layout.ts';
import { RowsView } from './rows-view.tsx';
import { useResizing } from './use-resizing.ts';
import { useSeconds } from './use-seconds.ts';
import { useKeys, useTerminal } from './use-terminal.ts';

export interface AppProps {
  readonly desk: Desk;
  readonly printer: Printer;
  /** The true terminal. */
  readonly stdout: Parameters<typeof useResizing>[0];
  readonly clock: Clock;
  readonly profile: string;
  readonly still: boolean;
  readonly colors: Parameters<typeof RowsView>[0]['colors'];
  onInterrupt(): void;
  readonly onSuspend?: () => void | Promise<void>;
}

/** The live region: a card where one waits, else what runs; the composer; one status row. */
export function App(props: AppProps): ReactNode {
  const { desk, clock, colors, profile, still } = props;
  const state = useSyncExternalStore(desk.store.subscribe, desk.store.get);
  const size = useWindowSize();
  const suspend = useTerminal(props.printer, props.onSuspend);
  useKeys(desk, props.onInterrupt, suspend);
  useEffect(() => {
    if (size.columns > 0) desk.resized();
  }, [desk, size]);
  const { card, composer, turn, most, feed } = layOut(state, size, clock.now());
  const isResizing = useResizing(props.stdout);
  useSeconds(card !== undefined && !isResizing);
  if (state.over) return null;
  const { columns } = size;
  const { status, stopping, cards } = state;
  const above = card?.rows ?? feed;
  const below = [
    ...composer,
    statusRow({ profile, status, stopping, waiting: cards.length, columns }),
  ];
  return (
    <Box flexDirection="column">
      <RowsView rows={above} colors={colors} />
      {turn ? (
        <Progress
          turn={turn}
          columns={columns}
          most={most}
          still={still}
          colors={colors}
          isMoving={!still && !isResizing}
        />
      ) : null}
      <RowsView rows={below} colors={colors} />
    </Box>
  );
}
