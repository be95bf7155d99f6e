import { systemClock } from '../../base/clock.ts';
import { sleep } from '../../base/wait.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { hintFor } from '../out/hint.ts';
import { pairs } from '../out/pairs.ts';
import { exactly } from '../out/plain.ts';
import { statusRows } from './rows.ts';

const EVERY_MS = 2_000;

/** One look at the gateway, or one every two seconds until Ctrl-C. Throws AtomError `not-running`. */
export async function status(cli: Cli, watch: boolean): Promise<void> {
  await show(cli);
  const forever = new AbortController().signal;
  while (watch) {
    await sleep(EVERY_MS, forever);
    if (!cli.out.json) cli.out.data('');
    await show(cli);
  }
}

async function show(cli: Cli): Promise<void> {
  const found = await withGateway(cli, false, (gateway) => gateway.request('status', {}));
  if (cli.out.json) return cli.out.object({ ...found });
  const approvals = exactly(found.approvals, cli.out);
  const rows = statusRows({ ...found, approvals }, systemClock.now()).map(
    ([name, words]): readonly [string, string] => [
      name,
      // Why a channel fails ends with the command that mends it; cards stay as they are.
      name === 'channel' ? hintFor(cli.paths.profile, words) : words,
    ],
  );
  for (const line of pairs(rows)) cli.out.data(line);
}
