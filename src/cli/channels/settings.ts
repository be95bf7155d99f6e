import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { checkConfig } from '../../config/check.ts';
import { type RawConfig, readRaw, writeRaw } from '../../config/file.ts';
import type { Cli } from '../cli.ts';
import { refuseOwners } from './refuse-owners.ts';

export type Settings = { readonly [key: string]: Json };

/** What the file says of a channel; undefined where it says nothing. */
export async function readChannel({ paths }: Cli, name: string): Promise<Settings | undefined> {
  const { channels } = await profileOf(paths);
  return objectOf(objectOf(channels)?.[name]);
}

/** Writes what the file says of a channel; undefined takes it out. Throws AtomError `usage` for nonsense, `credentials`. */
export async function writeChannel(
  cli: Cli,
  name: string,
  settings: Settings | undefined,
): Promise<void> {
  const { paths } = cli;
  const raw = await profileOf(paths);
  const { [name]: _, ...others } = objectOf(raw.channels) ?? {};
  const next: RawConfig = {
    ...raw,
    channels: settings === undefined ? others : { ...others, [name]: settings },
  };
  const checked = checkConfig(next);
  const problems = checked.ok
    ? []
    : checked.problems.filter(({ key }) => key.startsWith(`channels.${name}`));
  if (problems.length > 0)
    throw new AtomError('usage', problems.map(({ message }) => message).join('; '));
  await refuseOwners(cli, raw, next);
  await writeRaw(paths, next);
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
