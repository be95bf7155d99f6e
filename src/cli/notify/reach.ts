import { AtomError } from '../../base/errors.ts';
import { channelName } from '../../config/notices-schema.ts';
import { readChannel } from '../channels/settings.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';

/** Throws AtomError `not-found` where that channel is not connected; what is no channel the settings refuse. */
export async function requireChannel(cli: Cli, to: string): Promise<void> {
  if (!channelName.safeParse(to).success) return;
  const settings = await readChannel(cli, to);
  if (settings !== undefined && settings.enabled !== false) return;
  throw new AtomError('not-found', `${to} is not connected, so nothing can be told there.`, {
    next: [`Connect it first:   atom channels add ${to}`, 'See what is:   atom channels list'],
  });
}

/** Says so where no owner is known on a channel: until then nothing is told there. */
export async function warnOfNobody(cli: Cli, to: string): Promise<void> {
  const { allow } = (await readChannel(cli, to)) ?? {};
  if (Array.isArray(allow) && allow.length > 0) return;
  const known = (await whoRuns(cli)) === undefined ? undefined : await hasOwner(cli, to);
  if (known === true) return;
  if (known === false)
    cli.out.warn(`You have no chat on ${to} yet: until then nothing is told there.`);
  const label = known === false ? 'Pair it' : 'Where you are not paired there yet';
  cli.out.hint(`${label}:   atom pair ${to}`);
}

const hasOwner = (cli: Cli, to: string): Promise<boolean> =>
  withGateway(cli, false, async (gateway) =>
    (await gateway.request('senders.list', {})).senders.some(
      ({ channel, role }) => channel === to && role === 'owner',
    ),
  );
