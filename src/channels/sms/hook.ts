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

/** No words of ours: an answer is a message of its own. */
const TAKEN: HookAnswer = {
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: '<Response/>',
};

/**
 * Words that Twilio takes as an order itself: it answers them, and lets nothing through to whoever said STOP.
 * Source: help.twilio.com/articles/223134027.
 */
const ORDERS = /^(?:stop|stopall|unsubscribe|cancel|end|quit|start|unstop)$/i;

/** Takes what Twilio posts: messages, and what became of ours. One after the other. */
export function createHook(deps: HookDeps): Hook {
  let turn: Promise<unknown> = Promise.resolve();
  return async ({ url, headers, body }) => {
    if (!isFromTwilio({ url, headers, body }, deps.token)) return refused('its signature is wrong');
    const form = new URLSearchParams(Buffer.from(body).toString('utf8'));
    if (form.get('AccountSid') !== deps.accountSid) return refused('it is of another account');
    const taken = turn.then(() => take(deps, form));
    turn = taken.catch(() => undefined);
    return taken;
  };
}

const refused = (reason: string): HookAnswer => ({ status: 403, reason });

async function take(deps: HookDeps, form: URLSearchParams): Promise<HookAnswer> {
  deps.heard();
  if (form.has('MessageStatus')) return tellStatus(deps, form);
  if (form.has('OptOutType') || ORDERS.test((form.get('Body') ?? '').trim())) return TAKEN;
  const event = eventOf(deps, form);
  if (event !== undefined) await store(deps, event);
  return TAKEN;
}

async function store({ accept }: HookDeps, event: InboundEvent): Promise<void> {
  const open = accept();
  if (open === undefined) throw new AtomError('unavailable', 'The channel is closed.');
  await open(event).catch((cause: unknown) => {
    throw new AtomError(
      'unavailable',
      `a message could not be stored: ${asAtomError(cause).message}`,
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
