import { systemClock } from '../../base/clock.ts';
import type { LogLine } from '../../base/log.ts';
import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';
import { openSecrets } from '../secrets/open.ts';
import { packageFolder, packageVersion } from '../version.ts';
import { logText } from './log-text.ts';
import type { StartOptions } from './start.ts';

/** Exit code by the signal that ended us: 128 and its number. */
const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Runs the gateway in this process until it is asked to stop. Log lines go to stderr, unless a
 * terminal holds our lifeline: it hears them over the socket.
 */
export async function runHeadless(cli: Cli, options: StartOptions): Promise<number> {
  const config = await loadConfig(cli.paths, cli.env);
  const { runGateway } = await import('../../gateway/run.ts');
  const { lifeline } = options;
  const gateway = await runGateway({
    config,
    paths: cli.paths,
    secrets: openSecrets(cli),
    clock: systemClock,
    version: packageVersion(),
    home: cli.env.home,
    packageFolder: packageFolder(),
    onLine: lifeline === undefined ? printer(cli, options) : () => undefined,
    ...(lifeline === undefined ? {} : { lifelineFd: lifeline }),
  });
  if (lifeline === undefined) tellHowToReach(cli);
  const endedBy = stopOnSignals(cli, gateway.stop);
  await gateway.closed;
  return endedBy() ?? 0;
}

/** The first signal lets running work finish; a second Ctrl-C kills it. Tells which signal came first. */
function stopOnSignals(
  { out }: Cli,
  stop: (options: { readonly force: boolean }) => void,
): () => number | undefined {
  let code: number | undefined;
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const again = code !== undefined;
      code ??= SIGNALS[signal];
      if (again && signal !== 'SIGINT') return;
      out.say(again ? 'Stopping now.' : 'Stopping after the current step. Ctrl-C again stops now.');
      stop({ force: again });
    });
  }
  return () => code;
}

function tellHowToReach({ out, paths }: Cli): void {
  const who = `profile "${paths.profile}", pid ${process.pid}`;
  out.say(`The gateway runs (${who}), without a terminal UI. From another terminal:`);
  out.say('  atom chat "hello"   atom approvals list   atom status   atom stop');
}

const printer =
  ({ out }: Cli, { jsonLogs }: StartOptions) =>
  (line: LogLine): void => {
    if (jsonLogs) process.stderr.write(`${JSON.stringify(line)}\n`);
    else out.say(logText(line));
  };
