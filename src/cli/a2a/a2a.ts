import { AtomError } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import { addChannel } from '../channels/add.ts';
import { removeChannel } from '../channels/remove.ts';
import { readChannel, type Settings, writeChannel } from '../channels/settings.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';
import { openSecrets } from '../secrets/open.ts';

/** Lets an agent elsewhere speak to one of ours, and shows its token once. A second time makes a new token. */
export async function addRemote(cli: Cli, name: string, agent: string | undefined): Promise<void> {
  await openSecrets(cli).remove(`a2a.${name}`);
  const set = [`remote=${name}`, ...(agent === undefined ? [] : [`agent=${agent}`])];
  await addChannel(cli, 'a2a', { set });
}

/** Who was let in, and whom each may speak to. */
export async function listRemotes(cli: Cli): Promise<void> {
  const { channels } = await loadConfig(cli.paths, cli.env);
  const remotes = (channels.a2a?.remotes ?? []).map(({ name, agent }) => ({
    name,
    agent: agent ?? channels.a2a?.agents[0] ?? '',
  }));
  if (cli.out.json) return cli.out.object({ enabled: channels.a2a?.enabled === true, remotes });
  if (remotes.length === 0) cli.out.say('No agent elsewhere may speak to yours.');
  else {
    const rows = remotes.map(({ name, agent }) => [name, agent]);
    for (const line of table([['NAME', 'SPEAKS TO'], ...rows])) cli.out.data(line);
  }
  cli.out.hint('Let one in:   atom a2a add NAME --agent AGENT');
}

/** Takes one out again; with the last one, nothing is listened for. */
export async function removeRemote(cli: Cli, name: string): Promise<void> {
  const before = await readChannel(cli, 'a2a');
  const known = Array.isArray(before?.remotes) ? (before.remotes as readonly Settings[]) : [];
  const left = known.filter((one) => one.name !== name);
  if (left.length === known.length)
    throw new AtomError('not-found', `No agent elsewhere is called ${name}.`, {
      next: ['See them:   atom a2a list'],
    });
  if (left.length === 0) return removeChannel(cli, 'a2a');
  await writeChannel(cli, 'a2a', { ...before, remotes: left });
  await openSecrets(cli).remove(`a2a.${name}`);
  if (cli.out.json) return cli.out.object({ removed: name });
  cli.out.say(`${name} is removed. A running gateway refuses it from its next start on.`);
}
