import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { asAtomError } from '../base/errors.ts';
import { readConfig } from '../config/file.ts';
import { ensureFolder } from '../config/folder.ts';
import type { JailSpec, JailStatus } from '../domain/jail.ts';
import { checkJailFolder, identify } from '../jail/folder.ts';
import { createLauncher, type PinnedLaunch } from '../jail/launch.ts';
import { findMechanism } from '../jail/mechanism.ts';
import { probeJail } from '../jail/probe.ts';
import { createPrograms } from '../jail/program.ts';
import type { ShellDeps } from '../jail/shell-exec.ts';
import type { AtomOptions } from './parts.ts';

/** The jail as it was found, and the jails that the owner named. */
export interface Jails {
  readonly shell: ShellDeps;
  /** Starts processes in the owner's jails, and in one more folder that atom made itself. */
  launchFor(own: string): PinnedLaunch;
  list(): readonly JailSpec[];
  /** Why a folder that the owner named cannot be a jail; undefined where it can. */
  trouble(jail: JailSpec): string | undefined;
  status(): JailStatus;
  /** Tries the jail again. */
  check(): Promise<JailStatus>;
  /** Reads the owner's jails from the configuration file again. */
  reload(): Promise<readonly JailSpec[]>;
}

const PROBE_MS = 15_000;

/** Finds the jail mechanism and tries to break out of it; until that held, nothing runs. */
export async function createJails(options: AtomOptions): Promise<Jails> {
  const { paths, clock, config, home } = options;
  const ids = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const { platform, arch } = process;
  const mechanism = await findMechanism({ platform, arch, uid: ids.uid });
  const scratch = realpathSync(ensureFolder(join(paths.state, 'scratch')));
  const rules = { home, stateDirs: [paths.config, paths.data, paths.state], uid: ids.uid };
  const openJail = (folder: string) => checkJailFolder(rules, folder);
  const deps = { mechanism, clock, scratch, ids, programs: createPrograms(), openJail };
  const launch = createLauncher(deps);
  const probe = (): Promise<JailStatus> => probeJail(deps, AbortSignal.timeout(PROBE_MS));
  let status = await probe();
  let jails: readonly JailSpec[] = config.jails;
  return {
    shell: { ...deps, launch, jails: () => jails, status: () => status },
    launchFor: (own) =>
      createLauncher({
        ...deps,
        openJail: (folder) => (folder === own ? identify(folder) : openJail(folder)),
      }),
    list: () => jails,
    trouble: ({ folder }) => troubleWith(() => openJail(folder)),
    status: () => status,
    check: async () => {
      status = await probe();
      return status;
    },
    reload: async () => {
      jails = (await readConfig(paths)).jails;
      return jails;
    },
  };
}

function troubleWith(open: () => unknown): string | undefined {
  try {
    open();
    return undefined;
  } catch (error) {
    return asAtomError(error).message;
  }
}
