import { useApp, useInput, usePaste, useStdout } from 'ink';
import { useCallback, useEffect } from 'react';
import type { Desk } from '../desk/desk.ts';
import type { Printer } from '../log/printer.ts';
import { keystroke, pasted } from './keystroke.ts';
import { WRAPPED } from './reflow.ts';
import { suspendHere } from './suspend.ts';

/**
 * Sends what is printed above the live region. Returns Ctrl-Z: the terminal is the shell's until the
 * process goes on, and what is said meanwhile waits.
 */
export function useTerminal(
  printer: Printer,
  onSuspend: (() => void | Promise<void>) | undefined,
): () => void {
  const { write } = useStdout();
  const { suspendTerminal } = useApp();
  const printed = useCallback((text: string) => write(WRAPPED + text), [write]);
  useEffect(() => {
    printer.attach(printed);
    return () => printer.hold();
  }, [printer, printed]);
  return () => {
    if (!onSuspend) return;
    printer.hold();
    void suspendTerminal(() => suspendHere(onSuspend)).finally(() => printer.attach(printed));
  };
}

/** The one place where keys arrive; whose they are is decided by the desk. */
export function useKeys(desk: Desk, onInterrupt: () => void, suspend: () => void): void {
  useInput((input, key) => {
    if (key.eventType === 'release') return;
    if (key.ctrl && input === 'c') onInterrupt();
    if (key.ctrl && input === 'z') suspend();
    desk.key(keystroke(input, key));
  });
  usePaste((text) => desk.key(pasted(text)));
}
