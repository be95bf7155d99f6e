import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Account } from '../config/account.ts';
import type { OwnTools } from '../config/own-tools.ts';
import type { Paths } from '../config/paths.ts';
import type { Config } from '../config/schema.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { GatewayEvent } from '../protocol/events.ts';
import type { Secrets } from '../secrets/secrets.ts';

/** What the whole of atom is made from. Only the composition root sees all of it. */
export interface AtomOptions {
  readonly config: Config;
  readonly paths: Paths;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Whose account it is: its home folder may not be a jail, and none of it is told elsewhere. */
  readonly account: Account;
  /** Where atom itself is installed: bundled skills and the programs that run them. */
  readonly packageFolder: string;
  /** What commands in jails may share with the owner's shell; nothing where absent. */
  readonly ownTools?: OwnTools;
  /** Skills are read again whenever a file of them changes. */
  readonly watchSkills?: boolean;
  /** What this run counts. */
  readonly metrics: Metrics;
  /** Tells whoever watches. */
  readonly emit: (event: GatewayEvent) => void;
}
