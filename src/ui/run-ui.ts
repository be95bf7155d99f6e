import type { UiEnding, UiOptions } from './options.ts';

/**
 * Runs the terminal UI on an open connection until the person leaves or the gateway does. The
 * terminal is given back as it was found, however it ends. The connection stays the caller's to close.
 */
export async function runUi(options: UiOptions): Promise<UiEnding> {
  const run = await loadFront(options.plain === true);
  return run(options);
}

/** Loads what `runUi` would: it takes a while, which others may use. */
export const loadFront = async (plain: boolean): Promise<typeof runUi> =>
  plain
    ? (await import('./line/run-line-ui.ts')).runLineUi
    : (await import('./screen/run-screen.tsx')).runScreen;
