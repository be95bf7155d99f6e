import { setTimeout as pause } from 'node:timers/promises';
import { isatty } from 'node:tty';
import { readLater } from '../../base/later.ts';
import type { LogLine } from '../../base/log.ts';
import { runGateway } from '../../gateway/run.ts';
import { closeInherited } from '../../jail/fd-sweep.ts';
import type { Cli } from '../cli.ts';
import { gatewayOptionsOf } from './gateway-options.ts';
import { printLine } from './json-words.ts';
import { logText } from './log-text.ts';
import { settle } from './settle.ts';
import type { StartOptions } from './start-options.ts';

/** A start is over after so long, whatever still hangs: a gateway is never left slow. */
const SETTLE_MS = 10_000;

/** Exit code by the signal that ended us: 128 and its number. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs the gateway in this process until it is asked to stop. Log lines go to stderr, unless a
 * terminal holds our lifeline: it hears them over the socket.
 */
export async function runHeadless(cli: Cli, options: StartOptions): Promise<number> {
  const { lifeline } = options;
  await closeInherited({
    descriptors: lifeline === undefined ? [] : [lifeline],
    files: cli.env.certificates === undefined ? [] : [cli.env.certificates],
  });
  const gatewayOptions = await gatewayOptionsOf(cli);
  const signals = catchSignals(cli);
  const started = Promise.withResolvers<void>();
  void Promise.race([started.promise, pause(SETTLE_MS, undefined, { ref: false })]).then(settle);
  const gateway = await runGateway({
    ...gatewayOptions,
    watchSkills: options.watchSkills,
    onLine: lifeline === undefined ? printer(cli, options) : () => undefined,
    ...(lifeline === undefined ? {} : { lifelineFd: lifeline }),
  });
  if (lifeline === undefined && !options.jsonLogs) tellHowToReach(cli);
  signals.stopWith(gateway.stop);
  void Promise.all([gateway.settled(), readLater()]).then(() => started.resolve());
  await gateway.closed;
  return signals.code() ?? 0;
}

interface Signals {
  /** What to do from now on, and at once where a signal came before. */
  stopWith(stop: Stop): void;
  /** The exit code of the first signal, if one came. */
  code(): number | undefined;
}

type Stop = (options: { readonly force: boolean }) => void;

/**
 * The first signal lets running work finish; a second Ctrl-C cuts it off. Listens at once: a signal
 * that comes while the gateway is still opening ends it as soon as it is open.
 */
function catchSignals({ out }: Cli): Signals {
  let code: number | undefined;
  let stop: Stop | undefined;
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const again = code !== undefined;
      code ??= SIGNALS[signal];
      if (again && signal !== 'SIGINT') return;
      out.say(again ? 'Stopping now.' : `Stopping after the current step.${canRepeat(signal)}`);
      stop?.({ force: again });
    });
  }
  return {
    stopWith(given) {
      stop = given;
      if (code !== undefined) stop({ force: false });
    },
    code: () => code,
  };
}

/** Where there is a terminal still to press it at. */
const canRepeat = (signal: keyof typeof SIGNALS): string =>
  signal !== 'SIGHUP' && isatty(0) ? ' Ctrl-C again stops now.' : '';

function tellHowToReach({ out, paths }: Cli): void {
  const who = `profile "${paths.profile}", pid ${process.pid}`;
  out.say(`The gateway runs (${who}), without a terminal UI. From another terminal:`);
  out.hint('  atom chat "hello"   atom approvals list   atom status   atom stop');
}

const printer =
  ({ out }: Cli, { jsonLogs }: StartOptions) =>
  (line: LogLine): void => {
    if (jsonLogs) printLine(line);
    else out.say(logText(line));
  };
