import { systemClock } from '../../base/clock.ts';
import { hintFor } from '../../base/hint.ts';
import { sleep } from '../../base/wait.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
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
      // Many end with the command that mends it; what runs or is asked about stays as it is.
      name === 'running' || name === 'asks' ? words : hintFor(cli.paths.profile, words),
    ],
  );
  for (const line of pairs(cli.flags.plain ? rows.map(spoken) : rows)) cli.out.data(line);
}

/** Without dots between, which a screen reader names one by one; what is asked about stays to the letter. */
const spoken = ([name, words]: readonly [string, string]): readonly [string, string] => [
  name,
  name === 'asks' ? words : words.replaceAll('. · ', '. ').replaceAll(' · ', ', '),
];
