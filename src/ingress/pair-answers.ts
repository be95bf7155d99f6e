import type { InboundEvent } from '../domain/event.ts';
import type { Control } from './control.ts';
import type { IngressDeps } from './ingress-deps.ts';
import type { Said } from './pair-door.ts';

/** Gives a setup code, or lets a device in, where nobody else reads along. */
export function pair(
  { pair: door }: IngressDeps,
  event: InboundEvent,
  control: Extract<Control, { readonly kind: 'pair' | 'pair-approve' }>,
): Promise<string | Said> | string {
  if (event.isGroup) return 'Do that in our direct chat, not in a group.';
  if (control.kind === 'pair')
    return readByClients(event) ? PAIR_THERE : door.code(event, control.as);
  const by = { surface: event.from.channel, id: event.sender.id };
  return door.approve(by, control.ref, control.proof);
}

/** Chats of the gateway itself: what is said there, every client that may read gets, now and later. */
const readByClients = ({ from: { channel } }: InboundEvent): boolean =>
  channel === 'terminal' || channel === 'device';

const PAIR_THERE =
  'Everything that is connected here would read the code. Get it at the terminal:   atom devices pair';
