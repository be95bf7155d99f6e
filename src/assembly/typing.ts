import type { Address } from '../domain/address.ts';
import type { Channel } from '../domain/channel.ts';
import type { TurnState } from '../protocol/events.ts';

/** Lets the chat of a turn see that something is being done, by what the turn says of itself. */
export interface Typing {
  tell(state: Pick<TurnState, 'step'>): void;
  stop(): void;
}

/** What is answered sooner needs no sign of it. */
const FIRST_MS = 700;
/** Telegram shows it for five seconds, and nobody for less: core.telegram.org/bots/api#sendchataction. */
const SHOWN_MS = 5000;
/** Told again so much before it would go out. */
const BEFORE_MS = 1000;

/** While a person is waited for, nothing is shown; nor where the channel cannot show it. Never throws. */
export function createTyping(
  channel: Pick<Channel, 'typing' | 'facts'> | undefined,
  to: Address,
  firstMs = FIRST_MS,
): Typing {
  const againMs = (channel?.facts.typingMs ?? SHOWN_MS) - BEFORE_MS;
  let timer: NodeJS.Timeout | undefined;
  const later = (ms: number): void => {
    timer = setTimeout(() => {
      channel?.typing?.(to).catch(() => undefined);
      later(againMs);
    }, ms).unref();
  };
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    tell({ step }) {
      if (step === 'waiting' || step === 'ended') stop();
      else if (timer === undefined && channel?.typing !== undefined) later(firstMs);
    },
    stop,
  };
}
