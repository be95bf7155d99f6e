import { execFile } from 'node:child_process';
import { lstatSync, readFileSync, type Stats } from 'node:fs';
import { promisify } from 'node:util';
import { asAtomError, systemCode } from '../base/errors.ts';
import type { BwrapFeatures } from './bwrap-args.ts';
import { type HostLayout, readHost } from './host.ts';
import { installCommand } from './install.ts';
import { seccompProgram } from './seccomp.ts';

export interface BwrapMechanism {
  readonly kind: 'bwrap';
  readonly path: string;
  readonly version: string;
  readonly features: BwrapFeatures;
  readonly host: HostLayout;
  readonly seccomp: Buffer;
  /** The command that installs the newest that the system offers, where it is known. */
  readonly install?: string | undefined;
}

/** How this machine can jail a process. `none` says why not, and what would install it. */
export type Mechanism =
  | BwrapMechanism
  | { readonly kind: 'seatbelt'; readonly path: string }
  | { readonly kind: 'none'; readonly reason: string; readonly install?: string };

/** The machine, as the caller sees it: process.platform, process.arch, process.getuid. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly uid: number;
  /** Where bubblewrap is looked for; never found through PATH. */
  readonly bwrap?: string;
}

const BWRAP = '/usr/bin/bwrap';
const SANDBOX_EXEC = '/usr/bin/sandbox-exec';
const PRLIMIT = '/usr/bin/prlimit';

/** Finds the jail mechanism of this machine. Starts nothing but bwrap's own `--version` and `--help`. */
export async function findMechanism(machine: Machine): Promise<Mechanism> {
  if (machine.platform === 'linux') return findBwrap(machine);
  if (machine.platform !== 'darwin')
    return none(`There is no jail for ${machine.platform} yet. On Windows, run atom in WSL 2.`);
  const stats = lstatIfThere(SANDBOX_EXEC);
  if (!stats?.isFile()) return none(`${SANDBOX_EXEC} is missing.`);
  return { kind: 'seatbelt', path: SANDBOX_EXEC };
}

async function findBwrap({ arch, uid, bwrap = BWRAP }: Machine): Promise<Mechanism> {
  const install = installLine(uid);
  const stats = lstatIfThere(bwrap);
  if (!stats) return none('bubblewrap is not installed.', install);
  const distrust = whyNotTrusted(stats);
  if (distrust !== undefined) return none(`${bwrap} ${distrust}, so it is not used.`, install);
  if (!lstatIfThere(PRLIMIT)) return none(`${PRLIMIT} (util-linux) is not installed.`, install);
  try {
    const [version, help] = await Promise.all([ask(bwrap, '--version'), ask(bwrap, '--help')]);
    return {
      kind: 'bwrap',
      path: bwrap,
      version: version.trim().split(' ')[1] ?? 'unknown',
      features: {
        bindFd: help.includes('--ro-bind-fd'),
        disableUserns: help.includes('--disable-userns'),
      },
      host: readHost(),
      seccomp: seccompProgram(arch),
      install,
    };
  } catch (error) {
    return none(`${bwrap} cannot be used: ${asAtomError(error).message}`, install);
  }
}

/** Why a program that builds our walls is not to be trusted, or undefined. */
export function whyNotTrusted(stats: Stats): string | undefined {
  if (!stats.isFile()) return 'is not a plain file';
  if ((stats.mode & 0o6000) !== 0) return 'is set-uid';
  if (stats.uid !== 0) return 'does not belong to root';
  return (stats.mode & 0o022) === 0 ? undefined : 'can be changed by others than root';
}

async function ask(bwrap: string, option: string): Promise<string> {
  const { stdout } = await promisify(execFile)(bwrap, [option], { env: {}, timeout: 5000 });
  return stdout;
}

function installLine(uid: number): string | undefined {
  try {
    return installCommand(readFileSync('/etc/os-release', 'utf8'), {
      uid,
      hasSudo: lstatIfThere('/usr/bin/sudo') !== undefined,
    })?.join(' ');
  } catch (error) {
    // A machine that does not say what it is gets no command, only the reason.
    if (systemCode(error) !== undefined) return undefined;
    throw error;
  }
}

const none = (reason: string, install?: string): Mechanism => ({
  kind: 'none',
  reason,
  ...(install === undefined ? {} : { install }),
});

function lstatIfThere(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
