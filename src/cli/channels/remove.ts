import { rmSync } from 'node:fs';
import { AtomError } from '../../base/errors.ts';
import { libraryPrefix } from '../../channels/whatsapp/library.ts';
import { WHATSAPP_KEY } from '../../secrets/names.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';
import { openSecrets } from '../secrets/open.ts';
import { type Addable, addable, readChannel, writeChannel } from './settings.ts';

/** Unlinks a channel as far as it can be reached, and forgets its keys and settings. */
export async function removeChannel(cli: Cli, name: string): Promise<void> {
  const channel = addable(name);
  if ((await readChannel(cli, channel)) === undefined)
    throw new AtomError('not-found', `${channel} is not configured.`, {
      next: ['atom channels list'],
    });
  await sure(cli, { question: `Remove ${channel}, with its keys and who may write there?` });
  const told = await FORGET[channel](cli);
  await writeChannel(cli, channel, undefined);
  if (cli.out.json) return cli.out.object({ removed: channel });
  cli.out.say(`${channel} is removed. ${told}`);
  cli.out.hint(`Undo:   atom channels add ${channel}`);
}

const FORGET: Readonly<Record<Addable, (cli: Cli) => Promise<string>>> = {
  telegram: async (cli) => {
    await openSecrets(cli).remove('telegram.token');
    return 'The bot itself stays with @BotFather. A running gateway lets it go at its next start.';
  },
  whatsapp: async (cli) => {
    const reached = await unlink(cli);
    // Everything that is kept of the link is sealed with it.
    await openSecrets(cli).remove(WHATSAPP_KEY);
    rmSync(libraryPrefix(cli.paths.data), { recursive: true, force: true });
    return reached
      ? 'The phone does not list this device any more.'
      : 'Remove it on the phone, too: Settings, Linked devices.';
  },
};

/** True where a gateway runs that could tell WhatsApp. */
async function unlink(cli: Cli): Promise<boolean> {
  if ((await whoRuns(cli)) === undefined) return false;
  return withGateway(cli, false, async (gateway) => {
    const { channels } = await gateway.request('channels.list', {});
    const found = channels.find(({ name }) => name === 'whatsapp');
    if (found === undefined) return false;
    await gateway.request('channels.unlink', { channel: 'whatsapp' });
    return found.health.state === 'ready';
  });
}
