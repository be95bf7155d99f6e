import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { checkConfig } from '../../config/check.ts';
import { type RawConfig, readRaw, writeRaw } from '../../config/file.ts';
import { isOwnChannel, ownChannelName, ownFolderName } from '../../domain/own-channel.ts';
import type { Cli } from '../cli.ts';
import { refuseOwners } from './refuse-owners.ts';

export type Settings = { readonly [key: string]: Json };

/** What the file says of a channel; undefined where it says nothing. */
export async function readChannel({ paths }: Cli, name: string): Promise<Settings | undefined> {
  const channels = objectOf((await profileOf(paths)).channels);
  return isOwnChannel(name)
    ? objectOf(objectOf(channels?.own)?.[ownFolderName(name)])
    : objectOf(channels?.[name]);
}

/** The names of the channels of the owner's own that the file has. */
export async function ownNames({ paths }: Pick<Cli, 'paths'>): Promise<readonly string[]> {
  const channels = objectOf((await profileOf(paths)).channels);
  return Object.keys(objectOf(channels?.own) ?? {}).map(ownChannelName);
}

/** Writes what the file says of a channel; undefined takes it out. Throws AtomError `usage` for nonsense, `credentials`. */
export async function writeChannel(
  cli: Cli,
  name: string,
  settings: Settings | undefined,
): Promise<void> {
  const { paths } = cli;
  const raw = await profileOf(paths);
  const channels = objectOf(raw.channels) ?? {};
  const isOwn = isOwnChannel(name);
  const next: RawConfig = {
    ...raw,
    channels: isOwn
      ? placed(channels, 'own', placed(objectOf(channels.own) ?? {}, ownFolderName(name), settings))
      : placed(channels, name, settings),
  };
  const key = isOwn ? `channels.own.${ownFolderName(name)}` : `channels.${name}`;
  const checked = checkConfig(next);
  const problems = checked.ok ? [] : checked.problems.filter((one) => one.key.startsWith(key));
  if (problems.length > 0)
    throw new AtomError('usage', problems.map(({ message }) => message).join('; '));
  await refuseOwners(cli, raw, next);
  await writeRaw(paths, next);
}

/** The settings with one in its place; undefined takes it out. */
function placed(all: Settings, name: string, value: Settings | undefined): Settings {
  const { [name]: _, ...others } = all;
  return value === undefined ? others : { ...others, [name]: value };
}

async function profileOf(paths: Cli['paths']): Promise<RawConfig> {
  const raw = await readRaw(paths);
  if (raw !== undefined) return raw;
  throw new AtomError('config', `There is no profile "${paths.profile}" yet.`, {
    next: ['Set it up:   atom init'],
  });
}

const objectOf = (value: Json | undefined): Settings | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Settings)
    : undefined;
