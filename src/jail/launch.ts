import { constants } from 'node:os';
import { AtomError } from '../base/errors.ts';
import type { Ending, Launch, LaunchResult } from '../domain/jail.ts';
import type { Mechanism } from './mechanism.ts';
import { planLaunch } from './plan.ts';
import type { LauncherDeps, PinnedRequest } from './request.ts';
import { type ProcessEnd, runProcess } from './run-process.ts';
import { createTurns, type Turns } from './turns.ts';

export type PinnedLaunch = (
  request: PinnedRequest,
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
  return async (request, signal, onUpdate) => {
    const folder = deps.openJail(request.jail.folder);
    const writes = request.jail.mode === 'read-write';
    const leave = await turns.enter({ folder: folder.path, writes }, signal);
    if (!leave) return stoppedEarly;
    try {
      // Now nobody else changes the folder: what was looked at before must still be so.
      await request.recheck?.();
      const { plan, release } = await planLaunch(deps, request);
      try {
        return toResult(deps.mechanism, await runProcess(plan, signal, onUpdate));
      } finally {
        release();
      }
    } finally {
      leave();
    }
  };
}

const stoppedEarly: LaunchResult = {
  ending: { kind: 'stopped' },
  ...{ stdout: '', stderr: '', truncated: false, ms: 0 },
};

function toResult({ kind }: Mechanism, end: ProcessEnd): LaunchResult {
  const { stdout, stderr, truncated, ms } = end;
  const built = kind !== 'bwrap' || end.killed !== undefined || end.status.includes('"exit-code"');
  if (!built) throw notBuilt(stderr.trim());
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
