import { AtomError } from '../base/errors.ts';
import { checkProfile, type Env } from '../config/env.ts';
import { type Paths, pathsFor } from '../config/paths.ts';
import type { Flags } from './flags.ts';
import { createOut, type Out } from './out/out.ts';

/** What every command is handed. */
export interface Cli {
  readonly env: Env;
  readonly paths: Paths;
  readonly flags: Flags;
  readonly out: Out;
  /** True where a person sits at both ends and may be asked. */
  readonly mayAsk: boolean;
}

export function createCli(env: Env, flags: Flags): Cli {
  const profile = flags.profile === undefined ? env.profile : checkProfile(flags.profile);
  const level = flags.logLevel ?? (flags.verbose > 0 ? 'debug' : undefined);
  const here: Env = { ...env, profile, ...(level === undefined ? {} : { logLevel: level }) };
  return {
    env: here,
    paths: pathsFor(env, profile),
    flags,
    out: createOut(here, flags),
    mayAsk: flags.input && process.stdin.isTTY === true && process.stderr.isTTY === true,
  };
}

/** Refuses to ask where nobody can answer: AtomError `usage` with the flag to pass instead. */
export function requirePerson({ mayAsk }: Cli, what: string, instead: string): void {
  if (mayAsk) return;
  throw new AtomError('usage', `${what}, and nobody can be asked here (no terminal)`, {
    next: [instead],
  });
}
