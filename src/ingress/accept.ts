import type { InboundEvent } from '../domain/event.ts';
import { checkLength } from '../domain/message-length.ts';
import type { Role } from '../domain/role.ts';
import { personOf, roleIn } from '../domain/sender.ts';
import { keyOf } from '../protocol/session-key.ts';
import { asKept, controlIn, isPanic, plainControl } from './control.ts';
import { controlled, controlOf, pressed } from './controlled.ts';
import type { IngressDeps } from './ingress-deps.ts';
import { answerStranger, proofOf, takeProof } from './pairing.ts';
import { spooled } from './spooled.ts';

/** `new` is false for an event that was here before: it changes nothing. */
export interface Accepted {
  readonly new: boolean;
  readonly session: string;
}

/**
 * Takes an event in. Once it resolves the event is durable, or was answered for good, and the
 * channel may acknowledge it. Throws AtomError where it could not be kept: then nothing was done.
 */
export async function accept(deps: IngressDeps, event: InboundEvent): Promise<Accepted> {
  const session = keyOf(event.from, event.isGroup);
  const role = await admit(deps, event);
  if (role === undefined) return { new: false, session };
  deps.log.info(`message from ${event.from.channel} ${event.sender.id}`, {
    event: event.id,
    session,
    kind: event.kind,
  });
  if (event.kind === 'button') return { new: await pressed(deps, event, role), session };
  if (event.kind !== 'message' || !isForUs(event)) return { new: false, session };
  checkLength(event.text);
  const said = controlIn(event.text) ?? plainControl(event.text, role);
  const control = said && (await controlOf(deps, event, { said, role }));
  const isNew = control
    ? await controlled(deps, asKept(event, control), { control, session, role })
    : await spooled(deps, event, { session, role });
  return { new: isNew, session };
}

/** In a group, only what is said to us is for us, and an emergency. */
const isForUs = ({ isGroup, mentionsMe, text, wordsOf }: InboundEvent): boolean =>
  !isGroup || mentionsMe || (wordsOf === undefined && isPanic(text));

/**
 * The role of whoever may be heard. Undefined where the event is dealt with: strangers are asked to have
 * themselves let in, and whoever is blocked gets nothing.
 */
async function admit(deps: IngressDeps, event: InboundEvent): Promise<Role | undefined> {
  // A device or a program is known already, or it could not have spoken.
  if (event.via) return roleIn(event, deps.people.roleOf);
  const who = personOf(event);
  if (deps.people.isBlocked(who)) return undefined;
  const role = deps.people.roleOf(who);
  const proof = proofOf(event);
  if (proof) {
    await takeProof(deps, event, { proof, role });
    return undefined;
  }
  if (role === undefined) deps.onStranger(event, await answerStranger(deps, event));
  return role;
}
