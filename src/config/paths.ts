import { join } from 'node:path';
import { sha256 } from '../base/digest.ts';
import type { Env } from './env.ts';

/** Where one profile keeps its things. Nothing here exists until `ensureFolder` made it. */
export interface Paths {
  readonly profile: string;
  readonly config: string;
  readonly configFile: string;
  /** The database and what cannot be made again. */
  readonly data: string;
  readonly database: string;
  /** Every signed checkpoint of the record, one a line. */
  readonly checkpoints: string;
  /** Stored keys, where no keychain keeps them. */
  readonly secrets: string;
  readonly state: string;
  readonly logs: string;
  /** Folder of the socket. */
  readonly run: string;
  /** The gateway's socket (on Windows a named pipe). */
  readonly socket: string;
  /** Where the owner's own skills live. */
  readonly skills: string;
}

/** The longest path a Unix socket may have on macOS; Linux allows 107 bytes and cuts the rest silently. */
export const MAX_SOCKET_BYTES = 103;

/** The paths of a profile, after the XDG Base Directory rules and what macOS and Windows use instead. */
export function pathsFor(env: Env, profile: string = env.profile): Paths {
  const roots = rootsOf(env);
  const config = join(roots.config, profile);
  const data = join(roots.data, profile);
  const state = join(roots.state, profile);
  const socket = socketFor({ env, profile, state });
  return Object.freeze({
    profile,
    config,
    configFile: join(config, 'config.json'),
    data,
    database: join(data, 'atom.db'),
    checkpoints: join(data, 'audit', 'checkpoints.jsonl'),
    secrets: join(config, 'secrets'),
    state,
    logs: join(state, 'logs'),
    run: env.platform === 'win32' ? state : join(socket, '..'),
    socket,
    skills: join(config, 'skills'),
  });
}

/** Where the owner's own channels live. */
export const ownChannelsOf = ({ config }: Pick<Paths, 'config'>): string =>
  join(config, 'channels');

/** Where all that commands printed is kept, one file a run. */
export const outputOf = ({ state }: Pick<Paths, 'state'>): string => join(state, 'output');

/** Where the bytes of files lie that came with messages. */
export const receivedOf = ({ data }: Pick<Paths, 'data'>): string => join(data, 'received');

/** What agents remember: plain files, one folder an agent and in it one a person. */
export const memoryOf = ({ data }: Pick<Paths, 'data'>): string => join(data, 'memory');

/** Where pictures wait to be sent, for minutes. */
export const picturesOf = ({ state }: Pick<Paths, 'state'>): string => join(state, 'pictures');

interface Roots {
  readonly config: string;
  readonly data: string;
  readonly state: string;
}

function rootsOf(env: Env): Roots {
  const system = systemRoots(env);
  const { atomConfig, atomState } = env.folders;
  return {
    config: atomConfig ?? system.config,
    // Whoever moves the state means everything that atom writes by itself.
    data: atomState === undefined ? system.data : join(atomState, 'data'),
    state: atomState === undefined ? system.state : join(atomState, 'state'),
  };
}

function systemRoots({ platform, home, folders }: Env): Roots {
  if (platform === 'darwin') {
    const root = join(home, 'Library', 'Application Support', 'atom');
    return { config: join(root, 'config'), data: join(root, 'data'), state: join(root, 'state') };
  }
  if (platform === 'win32') {
    const local = join(folders.localAppData ?? join(home, 'AppData', 'Local'), 'atom');
    const roaming = folders.appData ?? join(home, 'AppData', 'Roaming');
    return {
      config: join(roaming, 'atom'),
      data: join(local, 'data'),
      state: join(local, 'state'),
    };
  }
  return {
    config: join(folders.xdgConfig ?? join(home, '.config'), 'atom'),
    data: join(folders.xdgData ?? join(home, '.local', 'share'), 'atom'),
    state: join(folders.xdgState ?? join(home, '.local', 'state'), 'atom'),
  };
}

interface SocketInput {
  readonly env: Env;
  readonly profile: string;
  readonly state: string;
}

function socketFor({ env, profile, state }: SocketInput): string {
  const full = join(state, 'run', `${profile}.sock`);
  const short = (): string => sha256(full).slice(0, 12);
  if (env.platform === 'win32') return `\\\\.\\pipe\\atom-${short()}`;
  const { xdgRuntime, atomState } = env.folders;
  const wanted =
    xdgRuntime !== undefined && atomState === undefined
      ? [join(xdgRuntime, 'atom', `${profile}.sock`), full]
      : [full];
  const found = wanted.find(fits);
  if (found !== undefined) return found;
  const name = `${short()}.sock`;
  const near = join(state, 'run', name);
  return fits(near) ? near : join(env.temporary, `atom-${process.getuid?.() ?? 0}`, name);
}

const fits = (path: string): boolean => Buffer.byteLength(path) <= MAX_SOCKET_BYTES;
