import { asAtomError } from '../base/errors.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { RunControl } from './control.ts';
import type { IngressDeps } from './ingress-deps.ts';

interface Ordered {
  readonly control: RunControl;
  /** The key of the session. */
  readonly session: string;
}

/**
 * Takes back what the last run of a conversation changed, settles one that is in doubt, or tells which
 * there are; what is said of it.
 */
export async function answerOnRuns(
  deps: Pick<IngressDeps, 'undo' | 'doubts'>,
  event: InboundEvent,
  ordered: Ordered,
): Promise<string> {
  if (event.isGroup) return 'Do that in our direct chat, not in a group.';
  try {
    return await done(deps, event, ordered);
  } catch (error) {
    const { message, next } = asAtomError(error);
    return [message, ...next].join('\n');
  }
}

function done(
  { undo, doubts }: Pick<IngressDeps, 'undo' | 'doubts'>,
  event: InboundEvent,
  { control, session: key }: Ordered,
): Promise<string> {
  if (control.kind === 'runs') return doubts.list(event);
  if (control.kind === 'doubt') return doubts.settle(event, control);
  if (control.list) return undo.list(key);
  const { from, externalId } = event;
  // A message that comes again after a crash must not take back one run more.
  return undo.last({ key, id: `undo:${from.channel}:${from.account}:${externalId}` });
}
