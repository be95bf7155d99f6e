import { loadConfig } from '../../config/load.ts';
import { ownChannelName } from '../../domain/own-channel.ts';
import { platform } from '../channels/named.ts';
import { platformNames } from '../channels/platforms.ts';
import type { Cli } from '../cli.ts';
import { type Finding, good } from './finding.ts';

/** Whether each channel has what it needs. Nothing is sent to it. */
export async function findChannels(cli: Cli): Promise<readonly Finding[]> {
  const { channels } = await loadConfig(cli.paths, cli.env);
  const own = Object.entries(channels.own ?? {}).filter(([, { enabled }]) => enabled);
  const enabled = [
    ...platformNames.filter((name) => channels[name]?.enabled),
    ...own.map(([folder]) => ownChannelName(folder)),
  ];
  const found = await Promise.all(enabled.map((name) => platform(name).find(cli)));
  return found.length === 0 ? [good('channels', 'this terminal')] : found.flat();
}
