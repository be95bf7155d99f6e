import type { Cli } from '../cli.ts';
import type { Finding } from '../doctor/finding.ts';
import type { Settings } from './settings.ts';

/** What the commands do for one channel that can be added. */
export interface Platform {
  /** The settings that `--group` adds to; absent where it has no groups to name. */
  readonly groups?: string;
  /** How an account is linked by a code on the screen; absent where it works with a token. */
  readonly login?: {
    /** Where the phone takes the code, in words. */
    readonly where: string;
    /** True where there is a code to type as well. */
    readonly byNumber: boolean;
  };
  /** Asks whoever sits here for settings that are missing and cannot be done without. */
  ask?(cli: Cli, settings: Settings): Promise<Settings>;
  /** Gets what the channel needs, and tries it, before anything is stored. Returns what to do next. */
  connect(cli: Cli): Promise<string>;
  /** Forgets its keys, here and as far as it can be reached there. Returns what is left to do. */
  forget(cli: Cli): Promise<string>;
  /** Whether it has what it needs; nothing is sent. Told only where it is set up. */
  find(cli: Cli): Promise<readonly Finding[]>;
}
