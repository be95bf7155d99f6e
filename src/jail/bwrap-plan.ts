import { closeSync } from 'node:fs';
import { bwrapArguments } from './bwrap-args.ts';
import { bwrapWorld, cleanEnv, givenEnv } from './clean-env.ts';
import { openFolder, sameFolder } from './folder.ts';
import { findGuards } from './guards.ts';
import { isOwnFolder } from './host.ts';
import { limitsFor } from './limits.ts';
import type { BwrapMechanism } from './mechanism.ts';
import { refuseLinks } from './no-links.ts';
import type { ProcessPlan } from './process-plan.ts';
import { gitSettingsOf, hiddenFrom, type ReadyPlan, type ResolvedRequest } from './request.ts';
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
  const guards = findGuards(folder, mode, {
    cwd,
    hide: hiddenFrom(resolved),
    git,
    unprotected: [...unprotected, ...(request.unprotected ?? [])],
  });
  const mounted = [...guards, ...pinned].map(({ path: over }) => over);
  refuseLinks(folder, [...mounted, cwd]);
  const elsewhere = resolved.shown.flatMap(hiddenInShown);
  const { command, fds } = bwrapArguments({
    folder,
    mode,
    cwd,
    argv,
    readOnly,
    pinned,
    limits,
    features,
    seccomp,
    ...host,
    ...deps.ids,
    gitSettings: gitSettingsOf(deps),
    // What is installed for everybody may come with settings that hold a key.
    emptied: [
      ...host.emptied,
      ...(deps.toolchains ?? []).map((dir) => `${dir}/etc`).filter(isOwnFolder),
    ],
    toolchains: deps.toolchains ?? [],
    guards: [...guards, ...elsewhere],
    ...(network ? { startedBy: network.startedBy } : {}),
  });
  const world = bwrapWorld(network === undefined);
  const env = { ...givenEnv(request.env), ...cleanEnv(path, world) };
  return {
    file: mechanism.path,
    args: command,
    fds,
    folderFd,
    limits,
    cwd: '/',
    env,
    ...(network ? { onStart: (child) => network.take(child, { ...env, ...network.env }) } : {}),
    stdin: request.stdin,
    dialogue: request.dialogue,
    clock: deps.clock,
    watchFolder: mode === 'read-write' ? folder : undefined,
  };
}
