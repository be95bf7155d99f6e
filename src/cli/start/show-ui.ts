import type { Theme } from '../../base/theme.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import { forgetCi } from '../../config/env.ts';
import type { Glance } from '../../config/glance.ts';
import type { Cli } from '../cli.ts';
import { hasColor } from '../out/out.ts';
import { exactly, plainly } from '../out/plain.ts';

/** What the settings say; `auto` leaves it to the environment. */
const themes: Readonly<Record<string, Theme>> = { dark: 'dark', light: 'light' };

export interface Showing {
  readonly cli: Cli;
  readonly gateway: Gateway;
  /** What is shown of the settings. */
  readonly seen: Glance;
  /** True where the gateway was there before us and goes on after us. */
  readonly attached: boolean;
}

/** Loads the terminal UI: worth it while something else is waited for. */
export async function loadUi(cli: Cli): Promise<void> {
  forgetCi();
  const { loadFront } = await import('../../ui/run-ui.ts');
  await loadFront(isPlain(cli));
}

/** Runs the terminal UI and returns the exit code of how it ended. */
export async function showUi(showing: Showing): Promise<number> {
  const { cli, gateway, seen, attached } = showing;
  const { env, flags, paths } = cli;
  forgetCi();
  const { runUi } = await import('../../ui/run-ui.ts');
  const endedBy = endOnSignals(showing);
  const ending = await runUi({
    gateway,
    attached,
    profile: paths.profile,
    folder: seen.folder ?? process.cwd(),
    plain: isPlain(cli),
    ...(flags.plain ? { signs: { line: plainly, exact: written } } : {}),
    quiet: flags.quiet,
    colors: hasColor(env, flags, process.stdout)
      ? (themes[String(seen.theme)] ?? env.theme)
      : 'none',
    reducedMotion: env.reducedMotion,
    stdin: process.stdin,
    stdout: process.stdout,
    onStop: async (force) => void (await gateway.request('stop', { force })),
    // The whole group, so that what started us (npm, an older Node) is put to sleep with us.
    onSuspend: () => void process.kill(0, 'SIGTSTP'),
  });
  const signalled = endedBy();
  if (signalled !== undefined) return signalled;
  if (ending.kind === 'left' && !attached) await gateway.request('stop', {});
  if (ending.kind === 'lost') return attached ? 0 : 1;
  return ending.kind === 'stopped' && ending.forced ? 130 : 0;
}

const written = <T>(value: T): T => exactly(value, { plain: true });

/** Line mode: for dumb terminals and screen readers. */
const isPlain = ({ env, flags }: Cli): boolean =>
  flags.plain || env.term === 'dumb' || env.screenReader;

/** A signal ends the UI; a gateway that is ours is asked to stop. Tells the exit code of the signal. */
function endOnSignals({ gateway, attached }: Showing): () => number | undefined {
  let code: number | undefined;
  const end = (signal: 'SIGHUP' | 'SIGTERM', exit: number): void => {
    process.once(signal, () => {
      code = exit;
      if (attached) gateway.close();
      else gateway.request('stop', {}).catch(gateway.close);
    });
  };
  end('SIGHUP', 129);
  end('SIGTERM', 143);
  return () => code;
}
