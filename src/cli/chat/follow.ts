import { AtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Card } from '../../domain/card.ts';
import type { GatewayEvent, TurnState } from '../../protocol/events.ts';

export type Result = Extract<TurnState, { step: 'ended' }>['result'];

export interface Ended {
  readonly result: Result;
  readonly replies: readonly string[];
}

/** What was said, as the gateway answered to it. */
export interface Said {
  readonly event: string;
  readonly session: string;
}

export interface Turn {
  /** Waits for the turn of what was said. Throws AtomError `pending` at the time limit, `not-running` if the gateway goes. */
  ended(said: Said, timeoutMs: number | undefined): Promise<Ended>;
}

/** Told what comes before the end: each request for approval of the turn, and words in between. */
export interface Meanwhile {
  onWaiting(card: Card): void;
  onNotice(text: string): void;
}

/** A reply is durable before it is shown, so it may come a moment after the end of its turn. */
const REPLY_MS = 2_000;

/** Listens from now on, before anything is said, so that nothing of the turn is missed. */
export function followTurn(gateway: Gateway, { onWaiting, onNotice }: Meanwhile): Turn {
  const seen: GatewayEvent[] = [];
  let notice: (event: GatewayEvent) => void = (event) => seen.push(event);
  gateway.on((event) => notice(event));

  return {
    async ended({ event, session }, timeoutMs) {
      const { promise, resolve, reject } = Promise.withResolvers<Ended>();
      const mine = new Set([event]);
      const asked = async (card: Card): Promise<void> => {
        const { approval } = await gateway.request('approvals.show', { ref: card.id });
        if (mine.has(approval.request.context.event ?? '')) onWaiting(card);
      };
      const take = reader(mine, resolve);
      notice = (next) => {
        if (next.kind === 'approval.asked') asked(next.card).catch(reject);
        else if (isNotice(next, session)) onNotice(next.text);
        else take(next);
      };
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

type Message = Extract<GatewayEvent, { kind: 'message' }>;

/** Words to this session that answer nothing, such as why what was said has to wait. */
const isNotice = (next: GatewayEvent, session: string): next is Message =>
  next.kind === 'message' && next.inReplyTo === undefined && next.session === session;

/**
 * Takes events of one turn, and resolves once it has ended and its reply is there. `mine` has the event
 * that was said; the one that it is answered with joins it.
 */
function reader(mine: Set<string>, resolve: (ended: Ended) => void): (next: GatewayEvent) => void {
  const replies = new Map<string, string>();
  let result: Result | undefined;
  const finish = (): void => {
    if (result !== undefined) resolve({ result, replies: [...replies.values()] });
  };
  return (next) => {
    if (next.kind === 'message' && mine.has(next.inReplyTo ?? '')) {
      replies.set(next.id, next.text);
      finish();
    }
    if (next.kind !== 'turn' || !mine.has(next.event)) return;
    if (next.state.step === 'joined') mine.add(next.state.turn);
    if (next.state.step !== 'ended') return;
    result = next.state.result;
    if (replies.size > 0) finish();
    else setTimeout(finish, REPLY_MS);
  };
}

const pending = (): AtomError =>
  new AtomError('pending', 'There is no answer yet; atom goes on with it.', {
    next: ['See what it waits for:   atom status'],
  });
