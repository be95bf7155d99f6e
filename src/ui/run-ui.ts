import type { UiEnding, UiOptions } from './options.ts';

/**
 * Runs the terminal UI on an open connection until the person leaves or the gateway does. The
 * terminal is given back as it was found, however it ends. The connection stays the caller's to close.
 */
export async function runUi(options: UiOptions): Promise<UiEnding> {
  if (options.plain) {
    const { runLineUi } = await import('./line/run-line-ui.ts');
    return runLineUi(options);
  }
  const { runScreen } = await import('./screen/run-screen.tsx');
  return runScreen(options);
}
