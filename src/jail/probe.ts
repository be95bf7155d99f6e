import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AtomError } from '../base/errors.ts';
import type { JailStatus, JailWarning } from '../domain/jail.ts';
import type { BwrapMechanism, Mechanism } from './mechanism.ts';
import { attemptEscapes, type ProbeDeps } from './probe/attempt.ts';
import { appArmorRestricts, explainFailure } from './probe/explain-failure.ts';
import { listenOnLoopback } from './probe/loopback.ts';

/**
 * Tries to break out of a jail of its own making, in one launch, and says whether it held. `scratch`
 * is an existing folder of ours, not below /tmp (which every jail hides); what is made there is removed. Throws only on our own failures.
 */
export async function probeJail(deps: ProbeDeps, signal: AbortSignal): Promise<JailStatus> {
  const { mechanism } = deps;
  if (mechanism.kind === 'none') {
    const { reason, install } = mechanism;
    return { state: 'unavailable', reason, ...(install === undefined ? {} : { install }) };
  }
  const root = realpathSync(mkdtempSync(join(deps.scratch, 'probe-')));
  const loopback = await listenOnLoopback();
  try {
    const checks = await attemptEscapes({ deps, root, loopback }, signal);
    const name = nameOf(mechanism);
    if (checks.some(({ held }) => !held)) return { state: 'leaking', mechanism: name, checks };
    return { state: 'ready', mechanism: name, checks, warnings: warningsFor(deps) };
  } catch (error) {
    if (error instanceof AtomError && error.code === 'unavailable') return unavailable(deps, error);
    throw error;
  } finally {
    loopback.close();
    rmSync(root, { recursive: true, force: true });
  }
}

const nameOf = (mechanism: Mechanism): string =>
  mechanism.kind === 'bwrap' ? `bubblewrap ${mechanism.version}` : mechanism.kind;

function warningsFor({ ids, mechanism }: ProbeDeps): readonly JailWarning[] {
  return [
    ...(ids.uid === 0 ? [AS_ROOT] : []),
    ...(mechanism.kind === 'bwrap' ? old(mechanism) : []),
  ];
}

const AS_ROOT: JailWarning = {
  words: 'This atom runs as root: use an ordinary account where you can.',
  next: 'Make one, and start it from there:   adduser agent   and   su - agent',
};

const old = ({ version, install }: BwrapMechanism): readonly JailWarning[] =>
  /^0\.([0-9]|1[01])\./.test(version)
    ? [
        {
          words: `This bubblewrap (${version}) is older than 0.12: update it when your system offers it.`,
          next: `Take the newest that it offers:   ${install ?? 'update bubblewrap'}`,
        },
      ]
    : [];

function unavailable({ mechanism, ids }: ProbeDeps, error: AtomError): JailStatus {
  if (mechanism.kind !== 'bwrap') return { state: 'unavailable', reason: error.message };
  const failure = explainFailure(error.message, appArmorRestricts(), ids.uid === 0);
  return { state: 'unavailable', ...failure };
}
