import { AtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Card } from '../../domain/card.ts';
import type { GatewayEvent, TurnState } from '../../protocol/events.ts';

export type Result = Extract<TurnState, { step: 'ended' }>['result'];

export interface Ended {
  readonly result: Result;
  readonly replies: readonly string[];
}

export interface Turn {
  /** Waits for the turn of an event. Throws AtomError `pending` at the time limit, `not-running` if the gateway goes. */
  ended(event: string, timeoutMs: number | undefined): Promise<Ended>;
}

/** A reply is durable before it is shown, so it may come a moment after the end of its turn. */
const REPLY_MS = 2_000;

/**
 * Listens from now on, before anything is said, so that nothing of the turn is missed. `onWaiting` is
 * told each request for approval once.
 */
export function followTurn(
  gateway: Gateway,
  onWaiting: (code: string, card: Card | undefined) => void,
): Turn {
  const seen: GatewayEvent[] = [];
  let notice: (event: GatewayEvent) => void = (event) => seen.push(event);
  gateway.on((event) => notice(event));

  return {
    async ended(event, timeoutMs) {
      const { promise, resolve, reject } = Promise.withResolvers<Ended>();
      notice = reader(event, onWaiting, resolve);
      for (const earlier of seen) notice(earlier);
      void gateway.closed.then(({ message }) => reject(new AtomError('not-running', message)));
      const timer =
        timeoutMs === undefined ? undefined : setTimeout(() => reject(pending()), timeoutMs);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** Takes events of one turn, and resolves once it has ended and its reply is there. */
function reader(
  event: string,
  onWaiting: (code: string, card: Card | undefined) => void,
  resolve: (ended: Ended) => void,
): (next: GatewayEvent) => void {
  const replies = new Map<string, string>();
  const cards = new Map<string, Card>();
  const told = new Set<string>();
  let result: Result | undefined;
  const finish = (): void => {
    if (result !== undefined) resolve({ result, replies: [...replies.values()] });
  };
  const take = (state: TurnState): void => {
    if (state.step === 'waiting' && !told.has(state.code)) {
      told.add(state.code);
      onWaiting(state.code, cards.get(state.code));
    }
    if (state.step !== 'ended') return;
    result = state.result;
    if (replies.size > 0) finish();
    else setTimeout(finish, REPLY_MS);
  };
  return (next) => {
    if (next.kind === 'approval.asked') cards.set(next.card.code, next.card);
    if (next.kind === 'turn' && next.event === event) take(next.state);
    if (next.kind !== 'message' || next.inReplyTo !== event) return;
    replies.set(next.id, next.text);
    finish();
  };
}

const pending = (): AtomError =>
  new AtomError('pending', 'There is no answer yet; atom goes on with it.', {
    next: ['See what it waits for:   atom status'],
  });
