import { SendError } from '../../domain/channel.ts';
import type { MediaRef } from '../../domain/event.ts';
import { basic, type TwilioAccess } from './twilio.ts';

const MOST_HOPS = 3;
/** help.twilio.com: media needs the account's credentials, and is at the first; older media is at the second. */
const KEEPERS = ['mms.twiliocdn.com', 'media.twiliocdn.com'];
const BUCKET = 'https://s3-external-1.amazonaws.com/media.twiliocdn.com/';

/**
 * The bytes of what came with a message. The address is what the message says: only Twilio's own is asked,
 * and where that sends us on to gets no credentials and has to be where Twilio keeps files. Throws SendError.
 */
export async function downloadMedia(
  access: TwilioAccess,
  { id }: MediaRef,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const own = new URL(access.apiRoot ?? 'https://api.twilio.com').origin;
  let url = URL.parse(id);
  if (url?.origin !== own) throw gone('it does not lie with Twilio');
  for (let hop = 0; url && hop < MOST_HOPS; hop += 1) {
    const answer: Response = await ask(url, url.origin === own ? basic(access) : undefined, signal);
    if (answer.ok && answer.body) return answer.body;
    const next = answer.headers.get('location');
    if (next === null) throw gone(`HTTP ${answer.status}`);
    url = URL.parse(next, url.href);
    if (!url || (url.origin !== own && !keepsMedia(url))) break;
  }
  throw gone('it leads somewhere else');
}

/** True for where Twilio keeps files: any other bucket is anybody's. */
export const keepsMedia = ({ protocol, port, hostname, href }: URL): boolean =>
  href.startsWith(BUCKET) || (protocol === 'https:' && port === '' && KEEPERS.includes(hostname));

const ask = (url: URL, authorization: string | undefined, signal: AbortSignal): Promise<Response> =>
  fetch(url, {
    redirect: 'manual',
    signal,
    headers: authorization === undefined ? {} : { authorization },
  }).catch(() => {
    throw new SendError({ kind: 'later', reason: 'Twilio cannot be reached' });
  });

const gone = (why: string): SendError =>
  new SendError({
    kind: 'refused',
    reason: `What came with the message cannot be fetched: ${why}`,
  });
