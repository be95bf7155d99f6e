import { Box, useApp, useInput, usePaste, useStdout, useWindowSize } from 'ink';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import type { Clock } from '../../base/clock.ts';
import type { Desk } from '../desk/desk.ts';
import { OWN_SESSION } from '../desk/follow.ts';
import { shownTurn } from '../desk/turns.ts';
import type { Printer } from '../log/printer.ts';
import { Progress, progressRow } from '../status/progress.tsx';
import { statusRow } from '../status/status-row.ts';
import { keystroke, pasted } from './keystroke.ts';
import { layOut } from './layout.ts';
import type { Drawn } from './reflow.ts';
import { RowsView } from './rows-view.tsx';
import { suspendHere } from './suspend.ts';
import { useSeconds } from './use-seconds.ts';

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
  onSuspend?(): void | Promise<void>;
}

/** The live region: a card where one waits, else what runs; the composer; one status row. */
export function App(props: AppProps): ReactNode {
  const { desk, clock, color, profile, still } = props;
  const state = useSyncExternalStore(desk.store.subscribe, desk.store.get);
  const size = useWindowSize();
  const write = useScrollback(props.printer);
  useKeys(props, useSuspend(props, write));
  useEffect(() => {
    if (size.columns > 0) desk.resized();
  }, [desk, size]);
  useSeconds(state.cards.length > 0);
  if (state.over) return null;
  const { columns } = size;
  const { card, composer, hasProgress } = layOut(state, size, clock.now());
  const turn = hasProgress ? shownTurn(state.turns, OWN_SESSION) : undefined;
  const { status, stopping, cards } = state;
  const above = card?.rows ?? [];
  const below = [
    ...composer,
    statusRow({ profile, status, stopping, waiting: cards.length, columns }),
  ];
  props.drawn.rows = [...above, ...(turn ? [progressRow(turn, columns)] : []), ...below];
  return (
    <Box flexDirection="column">
      <RowsView rows={above} color={color} />
      {turn ? <Progress turn={turn} columns={columns} still={still} color={color} /> : null}
      <RowsView rows={below} color={color} />
    </Box>
  );
}

/** What is printed goes above the live region from now on. */
function useScrollback(printer: Printer): (text: string) => void {
  const { write } = useStdout();
  useEffect(() => {
    printer.attach(write);
    return () => printer.hold();
  }, [printer, write]);
  return write;
}

/** Ctrl-Z: the terminal is the shell's until the process goes on; what is said meanwhile waits. */
function useSuspend({ printer, onSuspend }: AppProps, write: (text: string) => void): () => void {
  const { suspendTerminal } = useApp();
  return () => {
    if (!onSuspend) return;
    printer.hold();
    void suspendTerminal(() => suspendHere(onSuspend)).finally(() => printer.attach(write));
  };
}

/** The one place where keys arrive; whose they are is decided by the desk. */
function useKeys({ desk, onInterrupt }: AppProps, suspend: () => void): void {
  useInput((input, key) => {
    if (key.eventType === 'release') return;
    if (key.ctrl && input === 'c') onInterrupt();
    if (key.ctrl && input === 'z') suspend();
    desk.key(keystroke(input, key));
  });
  usePaste((text) => desk.key(pasted(text)));
}
