import { AtomError, asAtomError } from '../base/errors.ts';
import type { ChannelHooks } from '../domain/channel.ts';
import type { InboundEvent } from '../domain/event.ts';

/** Makes events durable; undefined while the channel is not open. */
export type Accepting = () => ChannelHooks['accept'] | undefined;

/** Does one thing after the other, in the order they come. One that fails holds up none behind it. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let turn: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
}

/** Keeps an event. Throws AtomError `unavailable` where it could not be kept: it has to come again. */
export async function keepEvent(accepting: Accepting, event: InboundEvent): Promise<void> {
  const accept = accepting();
  if (accept === undefined) throw new AtomError('unavailable', 'The channel is closed.');
  await accept(event).catch((cause: unknown) => {
    const why = `a message could not be stored: ${asAtomError(cause).message}`;
    throw new AtomError('unavailable', why, { cause });
  });
}
