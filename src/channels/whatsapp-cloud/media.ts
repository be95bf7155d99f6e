import { openAsBlob } from 'node:fs';
import { SendError } from '../../domain/channel.ts';
import type { MediaRef } from '../../domain/event.ts';
import type { OutboundMedia } from '../../domain/message.ts';
import { bearer, callGraph, type GraphAccess, rootOf } from './graph.ts';

/** Where Meta keeps files: whatever else an answer named would be shown our token. */
const KEEPERS = /(?:^|\.)(?:fbsbx\.com|facebook\.com|fbcdn\.net|whatsapp\.net)$/;
const MOST = 100 * 1024 * 1024;

/** Puts a file up. Returns the id that a message names it by; throws SendError, and nothing was sent then. */
export async function putUp(
  access: GraphAccess,
  { path, type = 'image/png', name }: OutboundMedia,
  signal: AbortSignal,
): Promise<string> {
  const file = await opened(path, type);
  const form = new FormData();
  form.set('messaging_product', 'whatsapp');
  form.set('type', type);
  form.set('file', file, name ?? 'file');
  const wish = { path: `/${access.phoneNumberId}/media`, body: form };
  const { id } = await callGraph(access, wish, signal).catch(notSent);
  if (typeof id === 'string') return id;
  throw new SendError({ kind: 'later', reason: 'Meta took a file without saying as what' });
}

async function opened(path: string, type: string): Promise<Blob> {
  try {
    return await openAsBlob(path, { type });
  } catch {
    throw new SendError({ kind: 'refused', reason: 'the file is gone' });
  }
}

/** Whatever became of the file, there is no message of it yet. */
function notSent(thrown: unknown): never {
  if (thrown instanceof SendError && thrown.failure.kind === 'unknown')
    throw new SendError({ kind: 'later', reason: thrown.message });
  throw thrown;
}

/** The bytes of what came with a message. Throws SendError. */
export async function download(
  access: GraphAccess,
  { id }: MediaRef,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  if (!/^\d{1,32}$/.test(id)) throw gone('that is no id of a file');
  const query = { phone_number_id: access.phoneNumberId };
  const { url, file_size: size } = await callGraph(access, { path: `/${id}`, query }, signal);
  const address = URL.parse(String(url));
  if (address === null || !isMetas(access, address)) throw gone('it does not lie with Meta');
  if (Number(size ?? 0) > MOST) throw gone('it is too large');
  const answer = await fetch(address, {
    headers: { ...bearer(access), 'user-agent': 'atom' },
    redirect: 'error',
    signal,
  }).catch(() => {
    throw new SendError({ kind: 'later', reason: 'Meta cannot be reached' });
  });
  if (answer.ok && answer.body) return answer.body;
  await answer.body?.cancel();
  throw gone(`HTTP ${answer.status}`);
}

function isMetas(access: GraphAccess, { origin, protocol, hostname }: URL): boolean {
  if (origin === new URL(rootOf(access)).origin) return true;
  return access.apiRoot === undefined && protocol === 'https:' && KEEPERS.test(hostname);
}

const gone = (why: string): SendError =>
  new SendError({
    kind: 'refused',
    reason: `What came with the message cannot be fetched: ${why}`,
  });
