import { join } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import type { Cli } from '../cli.ts';
import { atomProgram } from '../version.ts';

/** What the gateway of a profile is to the service manager of its account. */
export interface Daemon {
  readonly manager: 'systemd' | 'launchd';
  /** `atom.service`, `atom-work.service`, `dev.atom.work`. */
  readonly name: string;
  readonly file: string;
  /** What runs, one word each. */
  readonly argv: readonly string[];
  /** Where this profile is found, as the environment says it here. */
  readonly environment: Readonly<Record<string, string>>;
  readonly profile: string;
}

/** Throws AtomError `unavailable` where there is no service manager that is known here. */
export function daemonOf({ env, paths: { profile, logs } }: Cli): Daemon & { logs: string } {
  const shared = {
    profile,
    logs,
    environment: foldersOf(env.folders),
    argv: [process.execPath, atomProgram(), 'start', '--headless', '--profile', profile],
  };
  if (env.platform === 'linux') {
    const name = profile === 'default' ? 'atom.service' : `atom-${profile}.service`;
    const config = env.folders.xdgConfig ?? join(env.home, '.config');
    return { ...shared, manager: 'systemd', name, file: join(config, 'systemd', 'user', name) };
  }
  if (env.platform === 'darwin') {
    const name = `dev.atom.${profile}`;
    const file = join(env.home, 'Library', 'LaunchAgents', `${name}.plist`);
    return { ...shared, manager: 'launchd', name, file };
  }
  throw new AtomError('unavailable', 'On this system there is no service that atom could be.', {
    next: ['Have it started when you log in:   atom start --headless'],
  });
}

/** Without these a service would find another profile than the terminal does. */
const VARIABLES: Readonly<Record<keyof Cli['env']['folders'], string>> = {
  atomConfig: 'ATOM_CONFIG_DIR',
  atomState: 'ATOM_STATE_DIR',
  xdgConfig: 'XDG_CONFIG_HOME',
  xdgData: 'XDG_DATA_HOME',
  xdgState: 'XDG_STATE_HOME',
  xdgRuntime: 'XDG_RUNTIME_DIR',
  appData: 'APPDATA',
  localAppData: 'LOCALAPPDATA',
};

const foldersOf = (folders: Cli['env']['folders']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(folders).flatMap(([key, value]) =>
      // The manager sets that one itself.
      value === undefined || key === 'xdgRuntime'
        ? []
        : [[VARIABLES[key as keyof typeof VARIABLES], value]],
    ),
  );
