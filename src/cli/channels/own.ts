import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownChannelsOf } from '../../config/paths.ts';
import { type OwnChannelPlan, ownFolderName, ownSecret } from '../../domain/own-channel.ts';
import type { Cli } from '../cli.ts';
import { bad, type Finding, good } from '../doctor/finding.ts';
import { openSecrets } from '../secrets/open.ts';
import { PATIENT, withShelf } from '../skills/shelf.ts';
import { approveOwn } from './own-approve.ts';
import type { Platform } from './platform.ts';
import type { Settings } from './settings.ts';
import { readToken } from './token.ts';

/** A channel that the owner wrote. */
export const ownPlatform = (channel: string): Platform => ({
  merge,
  connect: async (cli) => {
    const plan = await withShelf(cli, (gateway) => approveOwn(cli, gateway, channel));
    await askSecrets(cli, plan);
    return 'Then:   atom start';
  },
  forget: async (cli) => {
    await withShelf(cli, (gateway) => gateway.request('channels.forget', { channel }, PATIENT));
    const secrets = openSecrets(cli);
    for (const { name } of await secrets.list())
      if (name.startsWith(ownSecret(channel, ''))) await secrets.remove(name);
    return `Its folder stays: ${moduleOf(cli, channel)}`;
  },
  find: async (cli) => [find(cli, channel)],
});

/** Whether there is a module in the folder of a channel. */
export const hasModule = (cli: Pick<Cli, 'paths'>, channel: string): boolean =>
  existsSync(moduleOf(cli, channel));

const moduleOf = ({ paths }: Pick<Cli, 'paths'>, channel: string): string =>
  join(ownChannelsOf(paths), ownFolderName(channel), 'channel.ts');

const OURS: readonly string[] = ['enabled', 'allow', 'private'];

/** What is not atom's is what the module is handed: `--set url=…`. */
function merge(before: Settings | undefined, given: Settings): Settings {
  const all = Object.entries(given);
  const ours = all.filter(([key]) => OURS.includes(key));
  const theirs = all.filter(([key]) => !OURS.includes(key));
  const settings = { ...(before?.settings as Settings), ...Object.fromEntries(theirs) };
  return { ...before, ...Object.fromEntries(ours), settings };
}

/** Asks for the secrets that are not stored yet. */
async function askSecrets(cli: Cli, { channel, secrets }: OwnChannelPlan): Promise<void> {
  const store = openSecrets(cli);
  for (const secret of secrets) {
    const name = ownSecret(channel, secret);
    if ((await store.get(name)) !== undefined) continue;
    const value = process.stdin.isTTY
      ? await readToken(cli, {
          question: `${name} (not shown): `,
          command: `atom secrets set ${name}`,
        })
      : '';
    if (value === '') cli.out.warn(`Still missing: atom secrets set ${name}`);
    else await store.set(name, value);
  }
}

function find(cli: Cli, channel: string): Finding {
  return hasModule(cli, channel)
    ? good(channel, 'a module of your own')
    : bad(
        channel,
        `has no ${moduleOf(cli, channel)}`,
        `Take it out:   atom channels remove ${channel}`,
      );
}
