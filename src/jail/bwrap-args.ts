import type { JailLimits, JailSpec } from '../domain/jail.ts';

/** What this bubblewrap can do, as its `--help` says. */
export interface BwrapFeatures {
  readonly bindFd: boolean;
  readonly disableUserns: boolean;
}

/** A top-level folder of the host: a link (`/bin` -> `usr/bin`) or a real one. */
export interface RootFolder {
  readonly path: string;
  readonly link?: string;
}

/** Paths below /etc that are there: folders, which a jail is shown, and files, of which it gets copies. */
export interface Etc {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/**
 * What happens to one path inside the jail's folder. `pin` keeps it writable and makes it immovable.
 * Every path exists and has no link in it; the caller has walked it.
 */
export interface Guard {
  readonly path: string;
  readonly how: 'pin' | 'read-only' | 'hide-file' | 'hide-folder';
}

/** Bytes that stand in the place of a file in the jail, so that what was hashed is what runs. */
export interface PinnedFile {
  readonly path: string;
  readonly bytes: Buffer;
}

/** Everything that decides what a command can reach. All paths absolute and resolved. */
export interface JailProfile {
  readonly folder: string;
  readonly mode: JailSpec['mode'];
  readonly cwd: string;
  /** Program and arguments; the program is absolute. */
  readonly argv: readonly string[];
  readonly rootFolders: readonly RootFolder[];
  readonly etc: Etc;
  /** Folders below /usr that are shown empty. */
  readonly emptied: readonly string[];
  readonly toolchains: readonly string[];
  readonly readOnly: readonly { readonly host: string; readonly inside: string }[];
  readonly guards: readonly Guard[];
  readonly pinned: readonly PinnedFile[];
  readonly limits: JailLimits;
  /** True where /bin/sh can set all of them itself; a program between it and the command costs a millisecond. */
  readonly shellLimits: boolean;
  readonly features: BwrapFeatures;
  readonly uid: number;
  readonly gid: number;
  readonly seccomp: Buffer;
  /** Words before the command, of a program that speaks on the channel and then becomes it. */
  readonly startedBy?: readonly string[];
  /** Content of /etc/gitconfig. */
  readonly gitSettings: string;
}

/** What a descriptor of the child is: bytes or a file of the host’s it reads, the open jail folder, the gate (see gate.ts), a pipe that goes both ways, or a channel. */
export type ChildFd =
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'folder' }
  | { readonly kind: 'gate' }
  | { readonly kind: 'pipe' }
  /** Node's own channel between a process and its child. */
  | { readonly kind: 'channel' };

/** `args` goes through `--args`; `command` follows on the command line; `fds[i]` is descriptor 3 + i. */
export interface BwrapPlan {
  readonly args: readonly string[];
  readonly command: readonly string[];
  readonly fds: readonly ChildFd[];
}

/** The shell that starts the command, by a path that only the end of the list makes. */
const START = '/.start/sh';
const SHM_BYTES = 64 * 1024 ** 2;
const TMP_BYTES = 256 * 1024 ** 2;

/** The bubblewrap arguments of a profile. Pure. Order matters: later mounts cover earlier ones. */
export function bwrapArguments(profile: JailProfile): BwrapPlan {
  const fds: ChildFd[] = [];
  const fd = (what: ChildFd): string => String(2 + fds.push(what));
  const data = (text: string | Buffer): string => fd({ kind: 'data', bytes: Buffer.from(text) });
  const { startedBy = [] } = profile;
  // First, because Node closes only low descriptors before it becomes something else.
  if (startedBy.length > 0) fd({ kind: 'channel' });
  const gate = fd({ kind: 'gate' });
  const args = [
    ...namespaces(profile.features),
    '--unshare-net',
    ...system(profile, fd),
    ...accounts(profile, data),
    ...scratch(),
    ...profile.toolchains.flatMap((path) => ['--ro-bind', path, path]),
    ...profile.emptied.flatMap(empty),
    ...profile.readOnly.flatMap(({ host, inside }) => ['--ro-bind', host, inside]),
    ...folder(profile, fd),
    ...profile.guards.flatMap(guard),
    ...profile.pinned.flatMap(({ path, bytes }) => [
      ...['--perms', '0555', '--ro-bind-data', data(bytes), path],
    ]),
    ...['--chdir', profile.cwd, '--seccomp', data(profile.seccomp)],
    // Last of all: the command starts through it, so that a list that was cut off starts nothing.
    ...['--symlink', '/bin/sh', START],
  ];
  const list = data(`${args.join('\0')}\0`);
  const sealed = ['--args', list, '--remount-ro', '/proc', '--remount-ro', '/'];
  // What speaks on the channel first is no part of the command, and has none of its limits.
  const byShell = profile.shellLimits && startedBy.length === 0;
  const start = byShell
    ? [...gated(gate, shellLimits(profile.limits)), ...profile.argv]
    : [...gated(gate), ...startedBy, ...limited(profile)];
  return { args, command: [...sealed, '--', ...start], fds };
}

/** All that a jail has of its own but the network. */
// `--unshare-all` would go on without a user namespace where none is to be had.
export const namespaces = ({ disableUserns }: BwrapFeatures): string[] => [
  ...['--unshare-user', '--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
  ...(disableUserns ? ['--disable-userns', '--assert-userns-disabled'] : []),
  ...['--cap-drop', 'ALL', '--die-with-parent', '--new-session', '--hostname', 'atom'],
];

/** What every jail is shown of the machine, read-only. `fd` makes a descriptor and returns its number. */
export const system = (
  { rootFolders, etc }: Pick<JailProfile, 'rootFolders' | 'etc'>,
  fd: (what: ChildFd) => string,
): string[] => [
  ...['--perms', '0755', '--dir', '/etc', '--perms', '0755', '--dir', '/home'],
  ...['--ro-bind', '/usr', '/usr'],
  ...rootFolders.flatMap(({ path, link }) =>
    link === undefined ? ['--ro-bind', path, path] : ['--symlink', link, path],
  ),
  ...etc.folders.flatMap((path) => ['--ro-bind', path, path]),
  // A small file is copied sooner than it is mounted, and no link of the jail’s is there yet to copy it through.
  ...etc.files.flatMap((path) => ['--perms', '0444', '--file', fd({ kind: 'file', path }), path]),
];

const accounts = (
  { uid, gid, gitSettings }: JailProfile,
  data: (text: string) => string,
): string[] => {
  const file = (path: string, lines: readonly string[]): string[] => [
    ...['--perms', '0444', '--file', data(`${lines.filter(Boolean).join('\n')}\n`), path],
  ];
  return [
    ...file('/etc/passwd', [
      'root:x:0:0::/home/atom:/bin/sh',
      uid === 0 ? '' : `atom:x:${uid}:${gid}::/home/atom:/bin/sh`,
      'nobody:x:65534:65534::/:/bin/false',
    ]),
    ...file('/etc/group', ['root:x:0:', gid === 0 ? '' : `atom:x:${gid}:`, 'nogroup:x:65534:']),
    ...file('/etc/hosts', ['127.0.0.1 localhost', '::1 localhost']),
    ...file('/etc/gitconfig', [gitSettings.trimEnd()]),
  ];
};

const scratch = (): string[] => [
  ...['--proc', '/proc', '--dev', '/dev'],
  ...['--perms', '1777', '--size', `${SHM_BYTES}`, '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
  ...['--perms', '1777', '--size', `${TMP_BYTES}`, '--tmpfs', '/tmp'],
  ...['--perms', '0700', '--size', `${TMP_BYTES}`, '--tmpfs', '/home/atom'],
];

/** Shows a folder as an empty one. */
export const empty = (path: string): string[] => [
  ...['--perms', '0555', '--size', '4096', '--tmpfs', path, '--remount-ro', path],
];

function folder(profile: JailProfile, fd: (what: ChildFd) => string): string[] {
  const bind = profile.mode === 'read-write' ? '--bind' : '--ro-bind';
  if (!profile.features.bindFd) return [bind, profile.folder, profile.folder];
  return [`${bind}-fd`, fd({ kind: 'folder' }), profile.folder];
}

function guard({ path, how }: Guard): string[] {
  if (how === 'pin') return ['--bind', path, path];
  if (how === 'read-only') return ['--ro-bind', path, path];
  if (how === 'hide-file') return ['--ro-bind', '/dev/null', path];
  return ['--perms', '0000', '--size', '4096', '--tmpfs', path];
}

/**
 * Waits inside the finished jail until the gateway lets it go on. bubblewrap ties its processes to the
 * gateway only at the end of its work; whatever ended before that leaves a closed gate, which starts
 * nothing. Shells know descriptors of one digit.
 */
const gated = (gate: string, first: readonly string[] = []): string[] => {
  const steps = [...first, `echo >&${gate}`, `read -r go <&${gate}`, `exec "$@" ${gate}>&-`];
  return [START, '-c', steps.join(' && '), 'sh'];
};

/** The limits that `limited` sets, in the words and the units of dash: where one cannot be set, nothing starts. */
function shellLimits({ processes, openFiles, fileBytes, memoryBytes, cpuSeconds }: JailLimits) {
  const most = (letter: string, value: number): string => `ulimit -${letter} ${Math.floor(value)}`;
  return [
    ...[most('p', processes), most('n', openFiles), most('f', fileBytes / 512)],
    ...[most('d', (4 * memoryBytes) / 1024), most('t', cpuSeconds), most('c', 0), most('l', 64)],
  ];
}

/** Inside the jail, where the limit on processes counts the jail's own only. */
function limited({ limits, argv }: JailProfile): string[] {
  const both = (name: string, value: number): string => `--${name}=${value}:${value}`;
  return [
    '/usr/bin/prlimit',
    both('nproc', limits.processes),
    both('nofile', limits.openFiles),
    both('fsize', limits.fileBytes),
    // Address space a program reserves and never touches counts here, so it is no tight fit.
    both('data', 4 * limits.memoryBytes),
    both('cpu', limits.cpuSeconds),
    both('core', 0),
    both('memlock', 65_536),
    '--',
    ...argv,
  ];
}
