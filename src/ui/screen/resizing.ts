import type { UiOptions } from '../options.ts';

type Stdout = UiOptions['stdout'];
type Listener = (...args: unknown[]) => void;

/** Longer than terminals take between one change of size that they tell of and the next: tmux takes 250. */
export const SETTLED_MS = 300;

/** The size of a terminal as it is told to whoever draws, and listening to that. */
export interface Announced {
  size(): { readonly columns: number | undefined; readonly rows: number | undefined };
  on(event: string, listener: Listener): void;
  off(event: string, listener: Listener): void;
  stop(): void;
}

/** Tells of a new size once it stayed for a moment; all other events as they come. */
export function announceLater(stdout: Stdout): Announced {
  const listeners = new Set<Listener>();
  const now = () => ({ columns: stdout.columns, rows: stdout.rows });
  let size = now();
  let timer: NodeJS.Timeout | undefined;
  const resized = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      size = now();
      for (const listener of [...listeners]) listener();
    }, SETTLED_MS);
  };
  stdout.on('resize', resized);
  return {
    size: () => size,
    on: (event, listener) =>
      void (event === 'resize' ? listeners.add(listener) : stdout.on(event, listener)),
    off: (event, listener) =>
      void (event === 'resize' ? listeners.delete(listener) : stdout.off(event, listener)),
    stop() {
      clearTimeout(timer);
      stdout.off('resize', resized);
    },
  };
}
