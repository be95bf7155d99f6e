import { AtomError, asAtomError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import type { InboundEvent } from '../../domain/event.ts';
import type { Hook, HookAnswer } from '../../domain/hook.ts';
import { isFromTwilio } from '../signatures/twilio.ts';
import { type EventDeps, eventOf } from './events.ts';

export interface HookDeps extends EventDeps {
  readonly accountSid: string;
  readonly token: string;
  readonly log: Log;
  /** Resolves once the event is durable; undefined while the channel is not open. */
  readonly accept: () => ((event: InboundEvent) => Promise<void>) | undefined;
  /** Told that Twilio proved to be there. */
  readonly heard: () => void;
}

const REFUSED: HookAnswer = { status: 403 };
/** No words of ours: an answer is a message of its own. */
const TAKEN: HookAnswer = {
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: '<Response/>',
};

/**
 * Twilio's words that it takes as an order itself: it answers them, and lets nothing through to whoever said
 * STOP. Source: help.twilio.com/articles/223134027.
 */
const ORDERS = /^(?:stop|stopall|unsubscribe|cancel|end|quit|start|unstop)$/i;

/** Takes what Twilio posts: messages, and what became of ours. One after the other. */
export function createHook(deps: HookDeps): Hook {
  let turn: Promise<unknown> = Promise.resolve();
  return async ({ method, url, headers, body }) => {
    if (method !== 'POST') return { status: 404 };
    if (!isFromTwilio({ url, headers, body }, deps.token))
      return refuse(deps, 'its signature is wrong');
    const form = new URLSearchParams(Buffer.from(body).toString('utf8'));
    if (form.get('AccountSid') !== deps.accountSid)
      return refuse(deps, 'it is of another account');
    const taken = turn.then(() => take(deps, form));
    turn = taken.catch(() => undefined);
    return taken;
  };
}

async function take(deps: HookDeps, form: URLSearchParams): Promise<HookAnswer> {
  deps.heard();
  if (form.has('MessageStatus')) return tellStatus(deps, form);
  const accept = deps.accept();
  if (accept === undefined) return { status: 503 };
  if (form.has('OptOutType') || ORDERS.test((form.get('Body') ?? '').trim())) return TAKEN;
  const event = eventOf(deps, form);
  if (event !== undefined) await store(accept, event);
  return TAKEN;
}

async function store(
  accept: (event: InboundEvent) => Promise<void>,
  event: InboundEvent,
): Promise<void> {
  await accept(event).catch((cause: unknown) => {
    throw new AtomError(
      'failed',
      `a message could not be stored (${asAtomError(cause).message}); Twilio does not keep it`,
      { cause },
    );
  });
}

/** That a message was not delivered is known only later. */
function tellStatus({ log }: HookDeps, form: URLSearchParams): HookAnswer {
  const status = form.get('MessageStatus');
  if (status === 'failed' || status === 'undelivered')
    log.warn('a message did not arrive', {
      message: form.get('MessageSid') ?? '',
      code: form.get('ErrorCode') ?? '',
    });
  return TAKEN;
}

function refuse({ log }: HookDeps, why: string): HookAnswer {
  log.warn(`a request was refused: ${why}`);
  return REFUSED;
}
