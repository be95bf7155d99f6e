import { checkConfig } from '../../config/check.ts';
import { type RawConfig, readRaw } from '../../config/file.ts';
import { variables } from '../../secrets/names.ts';
import type { Cli } from '../cli.ts';
import { providerOf } from '../init/plan.ts';

/** Names of secrets that something reads: the built-in ones and the key of each configured provider. */
export async function knownSecrets(cli: Cli): Promise<readonly string[]> {
  const checked = checkConfig((await rawOrNothing(cli)) ?? {});
  const providers = checked.ok
    ? [
        ...[checked.config.model, ...checked.config.fallbacks].map(providerOf),
        ...Object.keys(checked.config.models),
      ]
    : [];
  const keys = providers.flatMap((provider) => (provider === undefined ? [] : [`${provider}.key`]));
  return [...new Set([...Object.keys(variables), ...keys])];
}

/** A key can be stored before the settings are mended. */
const rawOrNothing = (cli: Cli): Promise<RawConfig | undefined> =>
  readRaw(cli.paths).catch(() => undefined);
