import type { Log } from '../../base/log.ts';
import type { Hook, HookAnswer } from '../../domain/hook.ts';
import { type Form, verifyTwilio } from '../signatures/twilio.ts';
import { type Accepting, inTurn, keepEvent } from '../taking.ts';
import { type EventDeps, eventOf, type Read } from './events.ts';

export interface HookDeps extends EventDeps {
  readonly accountSid: string;
  readonly token: string;
  readonly log: Log;
  readonly accept: Accepting;
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
  const turn = inTurn();
  return async ({ url, headers, body }) => {
    const verified = verifyTwilio({ url, headers, body }, deps.token);
    if (!verified.ok) return verified;
    const read = readerOf(verified.form);
    if (read('AccountSid') !== deps.accountSid)
      return { status: 401, reason: 'it is of another account' };
    return turn(() => take(deps, read));
  };
}

const readerOf =
  (form: Form): Read =>
  (key) =>
    form.get(key)?.[0];

async function take(deps: HookDeps, read: Read): Promise<HookAnswer> {
  deps.heard();
  if (read('MessageStatus') !== undefined) return tellStatus(deps, read);
  const isOrder = read('OptOutType') !== undefined || ORDERS.test((read('Body') ?? '').trim());
  const event = isOrder ? undefined : eventOf(deps, read);
  if (event !== undefined) await keepEvent(deps.accept, event);
  return TAKEN;
}

/** That a message was not delivered is known only later. */
function tellStatus({ log }: HookDeps, read: Read): HookAnswer {
  const status = read('MessageStatus');
  if (status === 'failed' || status === 'undelivered')
    log.warn('a message did not arrive', {
      message: read('MessageSid') ?? '',
      code: read('ErrorCode') ?? '',
    });
  return TAKEN;
}
