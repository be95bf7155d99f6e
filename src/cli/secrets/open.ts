import { createLog } from '../../base/log.ts';
import { createSecrets, type Secrets } from '../../secrets/secrets.ts';
import type { Cli } from '../cli.ts';

/** The secrets of this profile. What goes wrong with a keychain is told under `--verbose`. */
export function openSecrets({ env, paths, flags, out }: Cli): Secrets {
  const log = createLog(({ level, text }) => {
    if (level === 'warn' || flags.verbose > 0) out.say(`secrets: ${text}`);
  }, 'secrets');
  const { secrets, sessionBus } = env;
  return createSecrets({
    dir: paths.secrets,
    profile: paths.profile,
    env: secrets,
    log,
    keychain: sessionBus,
  });
}
