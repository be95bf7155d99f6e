import { asAtomError } from '../base/errors.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { IngressDeps } from './ingress-deps.ts';

/** Takes back what the last run of a conversation changed, or tells what could be; what is said of it. */
export async function takeBack(
  { undo }: Pick<IngressDeps, 'undo'>,
  { from, externalId, isGroup }: InboundEvent,
  { list, session: key }: { readonly list: boolean; readonly session: string },
): Promise<string> {
  if (isGroup) return 'Do that in our direct chat, not in a group.';
  try {
    if (list) return await undo.list(key);
    // A message that comes again after a crash must not take back one run more.
    return await undo.last({ key, id: `undo:${from.channel}:${from.account}:${externalId}` });
  } catch (error) {
    const { message, next } = asAtomError(error);
    return [message, ...next].join('\n');
  }
}
