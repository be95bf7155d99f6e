import type { Cli } from '../cli.ts';
import type { Finding } from '../doctor/finding.ts';
import type { Settings } from './settings.ts';

/** What is shown once, such as a secret that was made, and what to do next. */
export interface Connected {
  readonly next: string;
  /** Printed by itself, or within the object of --json. */
  readonly shown: Readonly<Record<string, string>>;
}

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
  /** True where the settings say by themselves who may write, and nobody is named with --allow. */
  readonly namesNobody?: true;
  /** What the file is to say, after what was given; where that is not merely put beside what it says. */
  merge?(before: Settings | undefined, given: Settings): Settings;
  /** Asks whoever sits here for settings that are missing and cannot be done without. */
  ask?(cli: Cli, settings: Settings): Promise<Settings>;
  /** Gets what the channel needs, and tries it, before anything is stored. Returns what to do next. */
  connect(cli: Cli): Promise<string | Connected>;
  /** Forgets its keys, here and as far as it can be reached there. Returns what is left to do. */
  forget(cli: Cli): Promise<string>;
  /** Whether it has what it needs; nothing is sent. Told only where it is set up. */
  find(cli: Cli): Promise<readonly Finding[]>;
}
