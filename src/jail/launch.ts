import { AtomError } from '../base/errors.ts';
import type { Launch, LaunchResult } from '../domain/jail.ts';
import { type JailFolder, sameFolder } from './folder.ts';
import { createPipes } from './pipes.ts';
import { planLaunch } from './plan.ts';
import { allGone } from './quarantine/all-gone.ts';
import { tellLeft } from './quarantine/left.ts';
import { placeIn } from './quarantine/place.ts';
import type { LateRequest, LauncherDeps, PinnedRequest } from './request.ts';
import { contactsOf, toResult } from './result.ts';
import { runProcess } from './run-process.ts';
import { createTurns, type Turns } from './turns.ts';

export type PinnedLaunch = (
  request: PinnedRequest | LateRequest,
  signal: AbortSignal,
  onUpdate: Parameters<Launch>[2],
) => Promise<LaunchResult>;

/**
 * The one way to start a process for an agent. Throws AtomError: `unavailable` where there is no jail
 * or it could not be built, `blocked` where the request leads out of it, `not-found` without a program.
 * What the command itself does, and being stopped, are results. Launchers of one gateway share their
 * `turns`, so that no jail is built in a folder while anything writes there.
 */
export function createLauncher(deps: LauncherDeps, turns: Turns = createTurns()): PinnedLaunch {
  // Nobody has tried these on a Mac.
  const pipe = deps.mechanism.kind === 'bwrap' ? createPipes() : async () => undefined;
  return async (wanted, signal, onUpdate) => {
    const folder = deps.openJail(wanted.jail.folder);
    const writes = wanted.jail.mode === 'read-write';
    const leave = await turns.enter({ folder: folder.path, writes }, signal);
    if (!leave) return stoppedEarly;
    try {
      const earlier = await deps.quarantine.catchUp(folder.path);
      const request = leavingOnceBuilt(await requestNow(wanted, folder), leave);
      const { plan, network, release } = await planLaunch(deps, request);
      try {
        const place = placeIn(wanted.jail, folder, wanted.run);
        const settle = writes ? await deps.quarantine.note(place) : undefined;
        const [stdout, stderr] = await Promise.all([pipe(), pipe()]);
        const output = stdout && stderr ? { output: { stdout, stderr } } : {};
        const file = wanted.keep === undefined ? undefined : deps.output?.open(wanted.keep);
        const end = await runProcess({ ...plan, ...output }, signal, { onUpdate, file });
        // While something of it is alive, nothing that it left can be judged: that stays to be done.
        await allGone(end.init);
        const left = await settle?.();
        const result = { ...toResult(end), limits: plan.limits };
        const told = network ? { ...result, contacts: contactsOf(network, result) } : result;
        return tellLeft(told, [earlier, ...(left ? [left] : [])]);
      } finally {
        release();
      }
    } finally {
      leave();
    }
  };
}

/**
 * A process that is spoken with may ask for something that wants a turn in its own folder. Where it cannot
 * write there, its turn was for building the jail, and the first word out of it says that this is done.
 */
function leavingOnceBuilt(request: PinnedRequest, leave: () => void): PinnedRequest {
  const { dialogue, jail } = request;
  if (!dialogue || jail.mode === 'read-write') return request;
  const take = (bytes: Buffer): void => {
    leave();
    dialogue.take(bytes);
  };
  return { ...request, dialogue: { open: dialogue.open, take } };
}

/** The request, bound to the jail and the folder that its turn is for. */
async function requestNow(
  wanted: PinnedRequest | LateRequest,
  folder: JailFolder,
): Promise<PinnedRequest> {
  const request = 'make' in wanted ? await wanted.make() : wanted;
  const { folder: path, mode } = wanted.jail;
  if (request.jail.folder !== path || request.jail.mode !== mode)
    throw new AtomError('blocked', 'The jail changed while the command waited; ask again.');
  sameFolder(request.folderId ?? folder.id, folder.id, folder.path);
  return { ...request, folderId: folder.id };
}

const stoppedEarly: LaunchResult = {
  ending: { kind: 'stopped' },
  stdout: '',
  stderr: '',
  truncated: false,
  ms: 0,
};
