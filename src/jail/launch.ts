import { constants } from 'node:os';
import { AtomError } from '../base/errors.ts';
import type { Ending, Launch, LaunchResult } from '../domain/jail.ts';
import { type JailFolder, sameFolder } from './folder.ts';
import { createPipes } from './pipes.ts';
import { planLaunch } from './plan.ts';
import type { LateRequest, LauncherDeps, PinnedRequest } from './request.ts';
import { type ProcessEnd, runProcess } from './run-process.ts';
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
  const pipe = createPipes();
  return async (wanted, signal, onUpdate) => {
    const folder = deps.openJail(wanted.jail.folder);
    const writes = wanted.jail.mode === 'read-write';
    const leave = await turns.enter({ folder: folder.path, writes }, signal);
    if (!leave) return stoppedEarly;
    try {
      const { plan, release } = await planLaunch(deps, await requestNow(wanted, folder));
      try {
        const [stdout, stderr] = await Promise.all([pipe(), pipe()]);
        const output = stdout && stderr ? { output: { stdout, stderr } } : {};
        return toResult(await runProcess({ ...plan, ...output }, signal, onUpdate));
      } finally {
        release();
      }
    } finally {
      leave();
    }
  };
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
  ...{ stdout: '', stderr: '', truncated: false, ms: 0 },
};

function toResult(end: ProcessEnd): LaunchResult {
  const { stdout, stderr, truncated, ms } = end;
  if (!end.built && end.killed === undefined) throw notBuilt(stderr.trim());
  return { ending: endingOf(end), stdout, stderr, truncated, ms };
}

const notBuilt = (reason: string): AtomError =>
  new AtomError('unavailable', `The jail could not be built: ${reason || 'no reason given'}`, {
    next: ['atom doctor'],
  });

function endingOf({ killed, code, signal }: ProcessEnd): Ending {
  if (killed !== undefined) return { kind: killed };
  if (signal !== null) return { kind: 'signal', signal };
  const fatal = code === null ? undefined : signalOf(code);
  return fatal === undefined
    ? { kind: 'exit', code: code ?? 1 }
    : { kind: 'signal', signal: fatal };
}

/** bubblewrap, like a shell, ends with 128 + n when its program died of signal n. */
const signalOf = (code: number): string | undefined =>
  Object.entries(constants.signals).find(([, number]) => code === 128 + number)?.[0];
