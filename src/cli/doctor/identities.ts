import { issuerKeys } from '../../assembly/devices/identify.ts';
import { systemClock } from '../../base/clock.ts';
import { loadConfig } from '../../config/load.ts';
import { createOutside } from '../../jail/net/outside.ts';
import type { Cli } from '../cli.ts';
import { type Finding, good, note } from './finding.ts';

/** Who may say whose a device is. Asks nobody. */
export async function findIdentities({ paths, env }: Cli): Promise<readonly Finding[]> {
  const { sso, users } = await loadConfig(paths, env);
  if (!sso) return [];
  const known = Object.values(users).filter(({ identities }) => identities.length > 0).length;
  return known === 0
    ? [note('sso', `${sso.issuer} is named, and knows nobody`, IDENTIFY)]
    : [good('sso', `${known} known to ${sso.issuer}`, 'Whether it answers:   atom doctor --sso')];
}

/** Whether that provider can be asked for its keys now. */
export async function findSso({ paths, env }: Cli): Promise<readonly Finding[]> {
  const config = await loadConfig(paths, env);
  if (!config.sso) return [note('sso', 'no OpenID provider is named', IDENTIFY)];
  const { keys } = await issuerKeys({ config, clock: systemClock }, createOutside()).read(
    config.sso,
  );
  return [
    good(
      'sso',
      `${config.sso.issuer} shows ${keys.length === 1 ? 'one key' : `${keys.length} keys`}`,
    ),
  ];
}

const IDENTIFY = 'How it is used:   atom help users';
