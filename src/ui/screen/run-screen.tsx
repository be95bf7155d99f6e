import { render } from 'ink';
import { systemClock } from '../../base/clock.ts';
import { createDesk } from '../desk/desk.ts';
import { withFirstSteps } from '../desk/first-steps.ts';
import { follow } from '../desk/follow.ts';
import { createStopper, type Stopper } from '../desk/stopper.ts';
import { createSaid } from '../find/said.ts';
import { greeting } from '../log/greeting.ts';
import { createPrinter } from '../log/printer.ts';
import type { UiEnding, UiOptions } from '../options.ts';
import { App } from './app.tsx';
import { mendReflow } from './reflow.ts';

/** The Ink UI. Takes the terminal, and gives it back as it was. */
export async function runScreen(options: UiOptions): Promise<UiEnding> {
  const { gateway, stdin, stdout, clock = systemClock, colors = 'either' } = options;
  const over = new AbortController();
  const size = () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 });
  const said = createSaid();
  const printer = createPrinter(colors, () => size().columns, said);
  const stopper = createStopper({ ...options, print: printer.print });
  const { print } = printer;
  const { gatewayStops } = stopper;
  const desk = createDesk({ gateway, clock, signal: over.signal, said, print, size, gatewayStops });
  const { profile, reducedMotion: still, onSuspend } = options;
  const onInterrupt = (): void => {
    stopper.interrupt();
    desk.store.set({ stopping: stopper.isStopping() });
  };
  const mended = mendReflow(stdout);
  const look = { desk, printer, stdout, clock, profile, still, colors, onInterrupt };
  print([greeting(options)]);
  const ink = render(<App {...look} {...(onSuspend ? { onSuspend } : {})} />, {
    stdin,
    stdout: mended.stdout,
    exitOnCtrlC: false,
    // Nothing of ours writes to the console; a crash must not be drawn into the live region.
    patchConsole: false,
    // Whole frames: rows changed in part keep their old length in tmux, and break anew when it narrows.
    incrementalRendering: false,
    interactive: true,
  });
  const releases = [watchStreams(options, stopper), mended.stop];
  const steps = {
    print,
    answering: 'Nothing happened yet. Press Tab to review the card, then y or n.',
  };
  follow(gateway, withFirstSteps(desk.listener, steps), over.signal);
  try {
    return await Promise.race([
      stopper.ended,
      ink.waitUntilExit().then((): UiEnding => ({ kind: 'left' })),
    ]);
  } finally {
    over.abort();
    desk.store.set({ over: true });
    await ink.waitUntilRenderFlush();
    ink.unmount();
    for (const release of releases) release();
  }
}

/** The end of input, or a terminal that is gone, means leaving quietly. */
function watchStreams({ stdin, stdout }: UiOptions, { leave }: Stopper): () => void {
  stdin.on('end', leave);
  stdout.on('error', leave);
  return () => {
    stdin.off('end', leave);
    stdout.off('error', leave);
  };
}
