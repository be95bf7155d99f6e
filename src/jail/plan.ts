import { AtomError } from '../base/errors.ts';
import type { PinnedFile } from './bwrap-args.ts';
import { bwrapPlan } from './bwrap-plan.ts';
import { folderInside, sameFolder } from './folder.ts';
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
  const resolved = await resolveRequest(deps, request);
  return mechanism.kind === 'bwrap'
    ? bwrapPlan(mechanism, resolved)
    : seatbeltPlan(mechanism.path, resolved);
}

async function resolveRequest(
  deps: LauncherDeps,
  request: PinnedRequest,
): Promise<ResolvedRequest> {
  const folder = deps.openJail(request.jail.folder);
  sameFolder(request.folderId ?? folder.id, folder.id, folder.path);
  const shown = shownFolders(deps, request.jail).map(({ path }) => path);
  const place = placeOf(deps.mechanism, deps.toolchains ?? [], {
    folder: folder.path,
    cwd: folderInside(folder.path, request.cwd),
    readOnly: request.readOnly ?? [],
    shows: shown,
  });
  const [name = '', ...words] = request.argv;
  const program = request.program ?? (await deps.programs.resolve(place, name));
  return {
    ...{ deps, request, place, shown, folderId: folder.id },
    argv: [program.path, ...words],
    pinned: onePerPath([...program.pinned, ...(request.pinned ?? [])]),
  };
}

const onePerPath = (files: readonly PinnedFile[]): readonly PinnedFile[] => [
  ...new Map(files.map((file) => [file.path, file])).values(),
];
