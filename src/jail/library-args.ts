import {
  type BwrapPlan,
  type ChildFd,
  empty,
  type JailProfile,
  namespaces,
  system,
} from './bwrap-args.ts';

/** Everything that decides what the process of a library can reach besides the network. */
export interface LibraryProfile
  extends Pick<JailProfile, 'argv' | 'rootFolders' | 'etc' | 'emptied' | 'features' | 'seccomp'> {
  /** Files and folders, real, that it is shown read-only at their own paths. */
  readonly shown: readonly string[];
}

/**
 * The bubblewrap arguments of a jail that shares the machine's network and nothing else. No folder of it
 * can be written to, and the filter of system calls opens no Unix socket, not even one without a path.
 * They are few enough to stand on the command line, where none can be cut off. Pure.
 */
export function libraryArguments(profile: LibraryProfile): Pick<BwrapPlan, 'command' | 'fds'> {
  const fds: ChildFd[] = [{ kind: 'pipe' }, { kind: 'channel' }];
  const fd = (what: ChildFd): string => String(2 + fds.push(what));
  const command = [
    ...namespaces(profile.features),
    ...system(profile, fd),
    ...['--proc', '/proc', '--dev', '/dev', '--remount-ro', '/dev', '--dir', '/tmp'],
    ...profile.emptied.flatMap(empty),
    ...profile.shown.flatMap((path) => ['--ro-bind', path, path]),
    ...['--chdir', '/', '--seccomp', fd({ kind: 'data', bytes: profile.seccomp })],
    ...['--remount-ro', '/proc', '--remount-ro', '/', '--', ...profile.argv],
  ];
  return { command, fds };
}
