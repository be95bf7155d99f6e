import { SendError } from '../../domain/channel.ts';
import type { MediaRef } from '../../domain/event.ts';
import type { SlackAccess } from './api.ts';

/** Where Slack keeps files; another server than Slack's own keeps them itself. */
const FILES = 'https://files.slack.com';

/** The bytes of a file. Only Slack's own address is asked, with the token and without a detour. Throws SendError. */
export async function downloadFile(
  { botToken, apiRoot }: SlackAccess,
  { id }: MediaRef,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const own = apiRoot === undefined ? FILES : new URL(apiRoot).origin;
  const url = URL.parse(id);
  if (url?.origin !== own)
    throw new SendError({ kind: 'refused', reason: 'the file does not lie with Slack' });
  const answer = await fetch(url, {
    headers: { authorization: `Bearer ${botToken}` },
    redirect: 'error',
    signal,
  }).catch(() => {
    throw new SendError({ kind: 'later', reason: 'Slack cannot be reached' });
  });
  // Without the right to read files, Slack answers with a page to sign in.
  const isPage = answer.headers.get('content-type')?.startsWith('text/html') === true;
  if (answer.ok && answer.body && !isPage) return answer.body;
  const why = isPage ? 'the app lacks the scope files:read' : `HTTP ${answer.status}`;
  throw new SendError({ kind: 'refused', reason: `the file cannot be fetched: ${why}` });
}
