import { AtomError } from '../base/errors.ts';
import type { ActionRequest, Grant, Prepared } from '../domain/action.ts';
import type { Complexity } from '../domain/complexity.ts';
import type { Fence } from '../domain/fence.ts';

/** What a grant lets an executor do: exactly this, once. */
export interface Granted {
  readonly request: ActionRequest;
  readonly prepared: Prepared;
  readonly digest: string;
  /** What was decided about. 1 may look and nothing else, whatever the command turns out to do. */
  readonly complexity: Complexity;
  /** For those whose effect is a transaction: to be asked in it once more. */
  readonly stillMine?: Fence;
}

/** Grants are opened here and nowhere else, so an object that merely looks like one opens nothing. */
const issued = new WeakMap<Grant, Granted>();

/** Makes the right to run one request once. Only the governor calls this. */
export function issue(granted: Granted): Grant {
  const grant = Object.freeze({}) as Grant;
  issued.set(grant, granted);
  return grant;
}

/** Opens a grant, the first time. Throws AtomError `blocked` ever after, and for anything forged. */
export function redeem(grant: Grant): Granted {
  const granted = issued.get(grant);
  if (!granted) throw new AtomError('blocked', 'This grant was used before, or never given.');
  issued.delete(grant);
  return granted;
}
