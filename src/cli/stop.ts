import { AtomError } from '../base/errors.ts';
import { within } from '../base/wait.ts';
import type { Cli } from './cli.ts';
import { withGateway } from './gateway.ts';

/** A drain takes at most 10 s; a little more, for what is written at the end. */
const STOP_MS = 15_000;

/** Asks the gateway to stop, waits until it is gone, and says so. */
export async function stop(cli: Cli, force: boolean): Promise<void> {
  const pid = await endGateway(cli, force);
  if (cli.out.json) cli.out.object({ stopped: true, pid });
  else cli.out.say(`Stopped the gateway of profile "${cli.paths.profile}" (pid ${pid}).`);
}

/** Does that, and says what it still finishes. Resolves with the process that is gone. */
export const endGateway = (cli: Cli, force: boolean): Promise<number> =>
  withGateway(cli, false, async (gateway) => {
    const { running } = await gateway.request('stop', { force });
    for (const words of running) cli.out.say(`Finishing: ${words}`);
    await gone(cli.flags.timeoutMs ?? STOP_MS, gateway.closed);
    return gateway.hello.pid;
  });

async function gone(ms: number, closed: Promise<unknown>): Promise<void> {
  try {
    await within(ms, 'the gateway', closed);
  } catch (cause) {
    throw new AtomError('pending', 'The gateway is still finishing what it was doing.', {
      cause,
      next: ['Look:   atom status', 'Kill what runs:   atom stop --force'],
    });
  }
}
