import { useEffect, useState } from 'react';
import type { UiOptions } from '../options.ts';
import { SETTLED_MS } from './resizing.ts';

/** True while the window changes size: what moves by itself stands still then. `stdout` is the true terminal. */
export function useResizing(stdout: UiOptions['stdout']): boolean {
  const [isResizing, setResizing] = useState(false);
  useEffect(() => {
    let timer: NodeJS.Timeout | undefined;
    const resized = (): void => {
      clearTimeout(timer);
      setResizing(true);
      timer = setTimeout(() => setResizing(false), SETTLED_MS);
    };
    stdout.on('resize', resized);
    return () => {
      clearTimeout(timer);
      stdout.off('resize', resized);
    };
  }, [stdout]);
  return isResizing;
}
