import { closeSync } from 'node:fs';
import { bwrapArguments } from './bwrap-args.ts';
import { cleanEnv } from './clean-env.ts';
import { openFolder, sameFolder } from './folder.ts';
import { findGuards } from './guards.ts';
import { limitsFor } from './limits.ts';
import type { BwrapMechanism } from './mechanism.ts';
import { refuseLinks } from './no-links.ts';
import { hiddenFrom, type ReadyPlan, type ResolvedRequest } from './request.ts';
import type { ProcessPlan } from './run-process.ts';
import { hiddenInShown } from './shown.ts';

/** The bubblewrap process of a request. The folder is opened, compared and handed over as a descriptor. */
export function bwrapPlan(mechanism: BwrapMechanism, resolved: ResolvedRequest): ReadyPlan {
  const { fd, id } = openFolder(resolved.place.folder);
  const release = (): void => closeSync(fd);
  try {
    sameFolder(resolved.folderId, id, resolved.place.folder);
    return { plan: processPlan(mechanism, resolved, fd), release };
  } catch (error) {
    release();
    throw error;
  }
}

function processPlan(
  mechanism: BwrapMechanism,
  resolved: ResolvedRequest,
  folderFd: number,
): ProcessPlan {
  const { deps, request, place, argv, pinned, network } = resolved;
  const { folder, cwd, readOnly, path } = place;
  const { mode, git = 'guarded', unprotected = [] } = request.jail;
  const limits = limitsFor(request.limits);
  const { features, host, seccomp } = mechanism;
  const hide = hiddenFrom(resolved);
  const guards = findGuards(folder, mode, { cwd, hide, git, unprotected });
  const mounted = [...guards, ...pinned].map(({ path: over }) => over);
  refuseLinks(folder, [...mounted, cwd]);
  const elsewhere = resolved.shown.flatMap(hiddenInShown);
  const { command, fds } = bwrapArguments({
    ...{ folder, mode, cwd, argv, readOnly, pinned, limits, features, seccomp, ...host },
    ...deps.ids,
    ...{ toolchains: deps.toolchains ?? [], guards: [...guards, ...elsewhere] },
    ...(network ? { startedBy: network.startedBy } : {}),
  });
  const env = cleanEnv(path, { home: '/home/atom', tmp: '/tmp' });
  return {
    ...{ file: mechanism.path, args: command, fds, folderFd, limits, cwd: '/' },
    env,
    ...(network ? { onStart: (child) => network.take(child, { ...env, ...network.env }) } : {}),
    ...{ stdin: request.stdin, clock: deps.clock },
    watchFolder: mode === 'read-write' ? folder : undefined,
  };
}
