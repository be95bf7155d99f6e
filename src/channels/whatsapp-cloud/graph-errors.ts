import { redact } from '../../base/redact.ts';
import { SendError, type SendFailure } from '../../domain/channel.ts';
import { Unauthorized } from '../http-failure.ts';

const SECOND = 1000;
const ADD = 'atom channels add whatsapp-cloud';

interface Meaning {
  readonly kind?: SendFailure['kind'];
  readonly retryMs?: number;
  /** True where nothing else would work either. */
  readonly isOver?: boolean;
  /** What it means, and what to do. */
  readonly tell?: string;
}

/** Source: developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  0: { isOver: true, tell: `the token is not good: ${ADD}` },
  3: { isOver: true, tell: 'the app may not do this: give it whatsapp_business_messaging' },
  4: { kind: 'later', retryMs: 60 * SECOND, tell: 'the app has asked too much in this hour' },
  10: { isOver: true, tell: 'the token lacks the permission whatsapp_business_messaging' },
  33: { isOver: true, tell: 'the number was removed: look at the WhatsApp Manager' },
  190: { isOver: true, tell: `the token has ended: make one of a system user, then ${ADD}` },
  200: { isOver: true, tell: 'the token lacks the permission whatsapp_business_messaging' },
  368: { isOver: true, tell: 'the account is restricted: look at the WhatsApp Manager' },
  80007: { kind: 'later', retryMs: 60 * SECOND },
  130429: { kind: 'later', retryMs: SECOND, tell: 'more a second than this number may send' },
  130472: { tell: 'this phone is in an experiment of Meta and gets nothing of it' },
  131016: { kind: 'later', tell: 'Meta has an outage' },
  131026: { tell: 'this phone cannot get it: no WhatsApp, or one that is too old' },
  131030: { tell: 'a test number writes only to numbers that are listed for it at Meta' },
  131031: { isOver: true, tell: 'the account is locked: look at the WhatsApp Manager' },
  131042: { isOver: true, tell: 'Meta wants a way to be paid: look at the WhatsApp Manager' },
  131045: {
    isOver: true,
    tell: 'the number is not registered: register it in the WhatsApp Manager',
  },
  131047: {
    tell: 'they have not written for 24 hours, and until they do WhatsApp takes nothing but templates, which atom has none of: write to it from the phone',
  },
  131048: {
    kind: 'later',
    retryMs: 3600 * SECOND,
    tell: 'too many people have blocked this number',
  },
  131056: { kind: 'later', retryMs: 6 * SECOND, tell: 'one message in six seconds to one number' },
  131053: { tell: 'Meta does not take a file of this type' },
  133010: {
    isOver: true,
    tell: 'the number is not registered: register it in the WhatsApp Manager',
  },
};

/** What Meta says of an error, where it says anything. */
export interface GraphError {
  readonly code?: number;
  readonly message?: string;
  readonly error_data?: { readonly details?: string };
  readonly title?: string;
}

/** Meta's own words, and what they mean for us. */
export function wordsFor({ code = -1, message, title, error_data: data }: GraphError): string {
  const said = [message ?? title ?? 'no reason', data?.details].filter(
    (part) => part !== undefined,
  );
  const tell = MEANINGS[code]?.tell;
  return `Meta says: ${redact(said.join(': ')).slice(0, 300)} (${code})${tell === undefined ? '' : `; ${tell}`}`;
}

/** How a refusal ended a send. `status` is that of HTTP. */
export function refusalFor(status: number, error: GraphError): SendError {
  const { kind, retryMs, isOver = status === 401 } = MEANINGS[error.code ?? -1] ?? {};
  const reason = wordsFor(error);
  if (isOver) return new Unauthorized({ kind: 'later', reason });
  if (kind === 'later' || status === 429)
    return new SendError({ kind: 'later', reason, ...(retryMs !== undefined && { retryMs }) });
  // Something went wrong over there, nobody says where.
  return new SendError({ kind: status >= 500 ? 'unknown' : 'refused', reason });
}
