import { SendError } from '../../domain/channel.ts';
import type { MediaRef } from '../../domain/event.ts';
import { basic, type TwilioAccess } from './twilio.ts';

const MOST_HOPS = 3;

/**
 * The bytes of what came with a message. The address is what the message says: only Twilio's own is asked,
 * and wherever that sends us on to gets no credentials and is asked over TLS alone. Throws SendError.
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
    const isOwn: boolean = url.origin === own;
    if (!isOwn && url.protocol !== 'https:') break;
    const answer: Response = await fetch(url, {
      redirect: 'manual',
      signal,
      headers: isOwn ? { authorization: basic(access) } : {},
    }).catch(() => {
      throw new SendError({ kind: 'later', reason: 'Twilio cannot be reached' });
    });
    if (answer.ok && answer.body) return answer.body;
    if (answer.status < 300 || answer.status >= 400) throw gone(`HTTP ${answer.status}`);
    url = URL.parse(answer.headers.get('location') ?? '', url);
  }
  throw gone('it leads somewhere else');
}

const gone = (why: string): SendError =>
  new SendError({ kind: 'refused', reason: `What came with the message cannot be fetched: ${why}` });
