import type { GatewayDispatchPayload } from '@discordjs/core';
import { AtomError, asAtomError } from '../../base/errors.ts';
import { redact } from '../../base/redact.ts';
import type { InboundEvent } from '../../domain/event.ts';
import type { Written } from './events.ts';
import type { Line, Payload } from './line.ts';

/** The spool knows all that was accepted; so many spare it the question. */
const REMEMBERED = 2000;

/**
 * Takes in what the gateway said, in its turn. What is not for us counts as accepted as well, so that
 * Discord need not send it again.
 */
export function take(line: Line, payload: GatewayDispatchPayload): void {
  const { place, intake } = line;
  const sessionId = place.session()?.sessionId ?? '';
  const passed = (): void => place.accepted({ sessionId, sequence: payload.s });
  const event = readable(line, payload);
  const work = async (): Promise<void> => {
    if (event) await accept(line, event, payload);
    passed();
    if (event) await place.keep();
  };
  if (event === undefined && intake.idle()) passed();
  else intake.push(work);
}

/** After each heartbeat: while nothing waits, everything up to now was accepted. */
export function keepPlace({ deps, place, intake }: Line): void {
  place
    .keep(intake.idle() ? deps.clock.now() : undefined)
    .catch((error: unknown) => deps.log.warn(`the place could not be kept: ${String(error)}`));
}

/** What makes no sense is passed over: sent again, it would make none either. */
export function readable({ deps, me }: Line, payload: Payload): InboundEvent | undefined {
  try {
    return deps.read(payload, me);
  } catch (cause) {
    deps.log.warn('what the gateway said could not be read', {
      kind: String(payload.t),
      why: asAtomError(cause).message,
    });
    return undefined;
  }
}

/** Takes an event in, unless that was done. Throws AtomError where it could not be kept. */
export async function accept(line: Line, event: InboundEvent, { t, d }: Payload): Promise<void> {
  const { deps, me, accepted } = line;
  if (accepted.has(event.externalId)) return;
  const { peer: person, thread } = event.from;
  try {
    // A command may have been given in a chat of others.
    if (thread === undefined && t === 'MESSAGE_CREATE')
      await deps.chats.learn(me.user.id, { person, channel: (d as Written).channel_id });
    await deps.hooks.accept(event);
    accepted.add(event.externalId);
    const [oldest] = accepted;
    if (accepted.size > REMEMBERED && oldest !== undefined) accepted.delete(oldest);
  } catch (cause) {
    const why = redact(asAtomError(cause).message);
    const words = `a message could not be stored (${why}); it is kept until it can`;
    throw new AtomError('failed', words, { cause });
  }
}
