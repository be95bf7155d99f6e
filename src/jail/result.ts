import { constants } from 'node:os';
import { AtomError } from '../base/errors.ts';
import type { Contacts } from '../domain/contacts.ts';
import type { Ending, LaunchResult } from '../domain/jail.ts';
import type { JailNetwork } from './net/network.ts';
import type { ProcessEnd } from './run-process.ts';

/** What came of a process. Throws AtomError `unavailable` where the jail was never built. */
export function toResult(end: ProcessEnd): LaunchResult {
  const { stdout, stderr, truncated, printed, ms } = end;
  if (!end.built && end.killed === undefined) throw notBuilt(stderr.trim());
  return { ending: endingOf(end), stdout, stderr, truncated, printed, ms };
}

/** Whom it spoke to. A command that never came to its proxy never began: AtomError `unavailable`. */
export function contactsOf(network: JailNetwork, { ending, stderr }: LaunchResult): Contacts {
  const cut = ending.kind !== 'exit' && ending.kind !== 'signal';
  if (!network.isOpen() && !cut) throw notBuilt(stderr.trim());
  return network.contacts();
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
