import { AtomError } from '../../base/errors.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { addable, platform } from './named.ts';
import { readChannel, writeChannel } from './settings.ts';

/** Unlinks a channel as far as it can be reached, and forgets its keys and settings. */
export async function removeChannel(cli: Cli, name: string): Promise<void> {
  const channel = addable(cli, name);
  if ((await readChannel(cli, channel)) === undefined)
    throw new AtomError('not-found', `${channel} is not configured.`, {
      next: ['atom channels list'],
    });
  await sure(cli, { question: `Remove ${channel}, with its keys and who may write there?` });
  const told = await platform(channel).forget(cli);
  await writeChannel(cli, channel, undefined);
  if (cli.out.json) return cli.out.object({ removed: channel });
  cli.out.say(`${channel} is removed. ${told}`);
  cli.out.hint(`Undo:   atom channels add ${channel}`);
}
