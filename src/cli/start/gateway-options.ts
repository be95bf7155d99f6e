import { systemClock } from '../../base/clock.ts';
import { accountOf } from '../../config/account.ts';
import { loadConfig } from '../../config/load.ts';
import { ownToolsOf } from '../../config/own-tools.ts';
import type { RunOptions } from '../../gateway/run.ts';
import { createMetrics } from '../../metrics/metrics.ts';
import type { Cli } from '../cli.ts';
import { openSecrets } from '../secrets/open.ts';
import { packageFolder, packageVersion } from '../version.ts';

/** What a gateway of this profile is made from. Throws AtomError `config`. */
export async function gatewayOptionsOf(
  cli: Cli,
): Promise<Omit<RunOptions, 'onLine' | 'lifelineFd' | 'alone'>> {
  return {
    config: await loadConfig(cli.paths, cli.env),
    paths: cli.paths,
    secrets: openSecrets(cli),
    clock: systemClock,
    metrics: createMetrics(systemClock),
    version: packageVersion(),
    account: accountOf(cli.env),
    packageFolder: packageFolder(),
    ownTools: ownToolsOf(cli.env),
  };
}
