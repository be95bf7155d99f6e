import { AtomError } from '../../base/errors.ts';
import { sleep } from '../../base/wait.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';
import { connect, whoRuns } from '../gateway.ts';
import { alreadyRunning } from './already-running.ts';
import { loadUi, showUi } from './show-ui.ts';
import { type GatewayProcess, spawnGateway } from './spawn-gateway.ts';
import type { StartOptions } from './start-options.ts';

/** A gateway opens its store, probes its jail and listens; on a slow machine this takes a while. */
const READY_MS = 30_000;
const POLL_MS = 50;
/** A drain takes at most 10 s. */
const DRAIN_MS = 15_000;

/** Starts the gateway as a process of its own and shows the terminal UI on it, until either ends. */
export async function runWithUi(
  cli: Cli,
  options: Pick<StartOptions, 'watchSkills'>,
): Promise<number> {
  // What is wrong with the settings is said here, before anything runs.
  const { jails, workspace, ui } = await loadConfig(cli.paths, cli.env);
  const { folder } = jails.find(({ name }) => name === workspace) ?? {};
  const running = await whoRuns(cli);
  if (running !== undefined) throw alreadyRunning(cli, running.pid);
  const child = spawnGateway(cli, options);
  const [gateway] = await Promise.all([ready(cli, child), loadUi(cli)]);
  try {
    return await showUi({ cli, gateway, seen: { folder, theme: ui.theme }, attached: false });
  } finally {
    gateway.close();
    child.release();
    await goneOrKilled(child);
  }
}

async function ready(cli: Cli, child: GatewayProcess): Promise<Gateway> {
  const limit = AbortSignal.timeout(READY_MS);
  let early: { readonly error: AtomError | undefined } | undefined;
  void child.gone.then((error) => {
    early = { error };
  });
  for (;;) {
    if (early !== undefined) {
      throw early.error ?? new AtomError('failed', 'The gateway ended before it was ready.');
    }
    if ((await whoRuns(cli)) !== undefined) {
      return await connect(cli, { client: 'ui', events: true });
    }
    await sleep(POLL_MS, limit);
  }
}

/** The gateway is asked to stop by now; one that does not within its time is ended. */
async function goneOrKilled(child: GatewayProcess): Promise<void> {
  const wait = new AbortController();
  const late = sleep(DRAIN_MS, wait.signal).then(child.kill, () => undefined);
  await Promise.race([child.gone, late]);
  wait.abort();
}
