import { realpathSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { Env } from './env.ts';

/** Whose account atom runs in, and on which machine. */
export interface Account {
  readonly home: string;
  /** Every path that the home folder is known by, `home` among them. */
  readonly homes: readonly string[];
  /** Absent where the system has no name for it, as for the ids that containers make up. */
  readonly user?: string;
  readonly machine: string;
}

/** The account, as its environment and the system have it. */
export function accountOf({ home }: Pick<Env, 'home'>): Account {
  const listed = listedUser();
  const homes = [home, realOf(home), ...(listed ? [listed.homedir] : [])];
  return {
    home,
    homes: [...new Set(homes)],
    ...(listed ? { user: listed.username } : {}),
    machine: hostname(),
  };
}

function listedUser(): { readonly username: string; readonly homedir: string } | undefined {
  try {
    return userInfo();
  } catch {
    return undefined;
  }
}

/** A home folder that is a link, or lies behind one. */
function realOf(home: string): string {
  try {
    return realpathSync(home);
  } catch {
    return home;
  }
}
