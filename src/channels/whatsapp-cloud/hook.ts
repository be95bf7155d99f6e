import { sameText } from '../../base/digest.ts';
import type { Log } from '../../base/log.ts';
import type { InboundEvent } from '../../domain/event.ts';
import type { Hook, HookAnswer } from '../../domain/hook.ts';
import { verifyMeta } from '../signatures/meta.ts';
import { type Accepting, inTurn, keepEvent } from '../taking.ts';
import { type EventDeps, eventsOf, valuesFor } from './events.ts';
import { type Sent, statusesIn } from './statuses.ts';

export interface HookDeps extends EventDeps {
  readonly appSecret: string;
  /** What Meta shows when it asks whether this address is ours. */
  readonly verifyToken: string;
  readonly log: Log;
  readonly accept: Accepting;
  /** Told that Meta proved to be there. */
  readonly heard: () => void;
  /** Told of what was taken in. */
  readonly taken: (event: InboundEvent) => void;
}

const TAKEN: HookAnswer = { status: 200 };

/** Takes what Meta posts: messages, and what became of ours. One after the other. */
export function createHook(deps: HookDeps): Hook {
  const turn = inTurn();
  const hook: Hook = async ({ method, url, headers, body }) => {
    if (method === 'GET') return answerChallenge(deps, new URL(url).searchParams);
    const verified = verifyMeta({ headers, body }, deps.appSecret);
    if (!verified.ok) return verified;
    const values = valuesFor(deps, parsed(body));
    if (values === undefined) return { status: 400, reason: 'it is not what Meta posts' };
    return turn(async () => {
      deps.heard();
      for (const value of values) {
        for (const status of statusesIn(value.statuses)) tell(deps.log, status);
        for (const event of eventsOf(deps, value)) {
          await keepEvent(deps.accept, event);
          deps.taken(event);
        }
      }
      return TAKEN;
    });
  };
  return Object.assign(hook, { takesGet: true });
}

/** Source: developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests. */
function answerChallenge({ verifyToken }: HookDeps, query: URLSearchParams): HookAnswer {
  const challenge = query.get('hub.challenge') ?? '';
  const isMeta =
    query.get('hub.mode') === 'subscribe' &&
    sameText(query.get('hub.verify_token') ?? '', verifyToken);
  if (!isMeta) return { status: 403, reason: 'it does not know the word to verify with' };
  // Whatever else it were, a browser could make something of it.
  if (!/^[\w-]{1,256}$/.test(challenge))
    return { status: 400, reason: 'it challenges with no word' };
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: challenge };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined; // no JSON
  }
}

/** That a message was not delivered is known only later. */
function tell(log: Log, { id, status, reason }: Sent): void {
  if (status === 'failed') log.warn(`a message did not arrive: ${reason}`, { message: id });
  else log.debug(`a message was ${status}`, { message: id });
}
