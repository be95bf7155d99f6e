import type { ChildProcess } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';
import type { Duplex } from 'node:stream';
import { AtomError } from '../base/errors.ts';
import type { JailStatus } from '../domain/jail.ts';
import type {
  LibraryJail,
  LibraryProcess,
  LibraryProgram,
  StartLibrary,
} from '../domain/library-process.ts';
import { isRunning, killTree } from './kill-tree.ts';
import { libraryArguments } from './library-args.ts';
import type { BwrapMechanism, Mechanism } from './mechanism.ts';
import { giveBytes, startMute } from './start.ts';

/** Where names of hosts are looked up; a jail without a network has none of it. */
const NAMES = ['/etc/resolv.conf', '/etc/hosts', '/etc/gai.conf'];

/**
 * Keeps libraries of others' in: by Node's permission model everywhere, and on Linux by a jail besides, since
 * that model leaves open Unix sockets, the gateway's own among them, and signals. There nothing starts
 * unless the jail held when it was tried.
 */
export function createLibraryJail(
  mechanism: Mechanism,
  status: () => Promise<JailStatus>,
): LibraryJail {
  return async () => {
    if (mechanism.kind === 'seatbelt') return startIn({ kind: 'permissions' });
    const found = await status();
    if (mechanism.kind === 'bwrap' && found.state === 'ready') return startIn(mechanism);
    const why = found.state === 'unavailable' ? found.reason : 'this one did not hold.';
    throw new AtomError('unavailable', `there is no jail to run it in: ${why} Look:   atom doctor`);
  };
}

type Walls = BwrapMechanism | { readonly kind: 'permissions' };

function startIn(walls: Walls): StartLibrary {
  return (program, take) => {
    const argv = [process.execPath, ...nodeWords(program)];
    const plan = planFor(walls, argv, program);
    const child = startMute({ ...plan, env: {}, cwd: '/', folderFd: undefined });
    giveBytes(child, plan.fds);
    child.on('message', take);
    return spokenWith(child);
  };
}

function planFor(walls: Walls, argv: readonly string[], { folders }: LibraryProgram) {
  const [file = '', ...args] = argv;
  if (walls.kind === 'permissions')
    return { file, args, fds: [{ kind: 'pipe' }, { kind: 'channel' }] } as const;
  const { features, seccomp, host } = walls;
  const files = [...host.etc.files, ...NAMES.filter(existsSync)];
  const { command, fds } = libraryArguments({
    ...host,
    etc: { ...host.etc, files },
    features,
    seccomp,
    argv,
    shown: [...folders, file],
  });
  return { file: walls.path, args: command, fds };
}

/** It may read its code, write nothing and start nothing. */
const nodeWords = ({ path, argument, folders }: LibraryProgram): readonly string[] => [
  '--permission',
  ...folders.map((folder) => `--allow-fs-read=${folder}${sep}*`),
  ...[realpathSync(path), argument],
];

const spokenWith = (child: ChildProcess): LibraryProcess => ({
  pipe: child.stdio[3] as Duplex,
  tell: (message) => void (child.connected && child.send(message, () => undefined)),
  kill: () => {
    if (isRunning(child)) killTree(child);
  },
  gone: new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code, signal) => resolve(signal ?? `code ${code}`));
  }),
});
