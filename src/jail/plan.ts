import { AtomError } from '../base/errors.ts';
import type { PinnedFile } from './bwrap-args.ts';
import { bwrapPlan } from './bwrap-plan.ts';
import { folderInside, sameFolder } from './folder.ts';
import { type JailNetwork, openNetwork } from './net/network.ts';
import { placeOf } from './place.ts';
import {
  type LauncherDeps,
  type PinnedRequest,
  type ReadyPlan,
  type ResolvedRequest,
  shownFolders,
} from './request.ts';
import { seatbeltPlan } from './seatbelt-plan.ts';

/** Turns a request into a process. Throws AtomError; leaves nothing open if it does. */
export async function planLaunch(deps: LauncherDeps, request: PinnedRequest): Promise<ReadyPlan> {
  const { mechanism } = deps;
  if (mechanism.kind === 'none')
    throw new AtomError('unavailable', `No command can run: ${mechanism.reason}`, {
      next: mechanism.install === undefined ? [] : [mechanism.install],
    });
  const network = await networkOf(deps, request);
  try {
    const resolved = await resolveRequest(deps, request, network);
    const { plan, release } =
      mechanism.kind === 'bwrap'
        ? bwrapPlan(mechanism, resolved)
        : seatbeltPlan(mechanism.path, resolved);
    const end = (): void => {
      network?.close();
      release();
    };
    return { plan, network, release: end };
  } catch (error) {
    network?.close();
    throw error;
  }
}

async function networkOf(
  { mechanism, network }: LauncherDeps,
  { speaksTo = [], speaksToOwn = [], jail }: PinnedRequest,
): Promise<JailNetwork | undefined> {
  if (speaksTo.length + speaksToOwn.length === 0) return undefined;
  if (!network) throw new AtomError('unavailable', 'No command can reach a host here.');
  return openNetwork(network, mechanism.kind, {
    jail: jail.name,
    hosts: speaksTo,
    ownServers: speaksToOwn,
  });
}

async function resolveRequest(
  deps: LauncherDeps,
  request: PinnedRequest,
  network: JailNetwork | undefined,
): Promise<ResolvedRequest> {
  const folder = deps.openJail(request.jail.folder);
  sameFolder(request.folderId ?? folder.id, folder.id, folder.path);
  const shown = shownFolders(deps, request.jail).map(({ path }) => path);
  const place = placeOf(deps.mechanism, deps.toolchains ?? [], {
    folder: folder.path,
    cwd: folderInside(folder.path, request.cwd),
    readOnly: [...(request.readOnly ?? []), ...(network?.lent ?? [])],
    shows: shown,
  });
  const [name = '', ...words] = request.argv;
  const program = request.program ?? (await deps.programs.resolve(place, name));
  return {
    deps,
    request,
    place,
    shown,
    folderId: folder.id,
    network,
    argv: [program.path, ...words],
    pinned: onePerPath([...program.pinned, ...(request.pinned ?? [])]),
  };
}

const onePerPath = (files: readonly PinnedFile[]): readonly PinnedFile[] => [
  ...new Map(files.map((file) => [file.path, file])).values(),
];
