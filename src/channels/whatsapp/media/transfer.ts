import { z } from 'zod';
import { SendError } from '../../../domain/channel.ts';
import type { MediaKind } from '../../../domain/message.ts';
import { jsonWithin } from '../../answers.ts';
import type { Bytes } from './cipher.ts';

/** Where WhatsApp keeps what is attached, encrypted. */
const HOST = 'https://mmg.whatsapp.net';
const OWN = /^[a-z0-9.-]+\.whatsapp\.net$/;
const FOLDERS: Readonly<Record<MediaKind, string>> = {
  image: '/mms/image',
  audio: '/mms/audio',
  video: '/mms/video',
  file: '/mms/document',
};
/** Web pages of WhatsApp are who uploads. */
const ORIGIN = 'https://web.whatsapp.com';

/**
 * The host of attachments: the one that WhatsApp named where it is one of its own, or that of the server that
 * stands in for WhatsApp's own, where one does.
 */
export function hostFor(server: string | undefined, named = ''): string {
  if (server === undefined) return OWN.test(named) ? `https://${named}` : HOST;
  const { protocol, host } = new URL(server);
  return `${protocol === 'wss:' ? 'https' : 'http'}://${host}`;
}

/** The encrypted bytes at a path, at most `most` of them. Throws SendError. */
export async function fetchSealed(
  { host, path, most }: { readonly host: string; readonly path: string; readonly most: number },
  signal: AbortSignal,
): Promise<Bytes> {
  const response = await asked(addressOf(host, path), { signal });
  const length = Number(response.headers.get('content-length') ?? 0);
  if (length > most) throw tooLarge(most);
  return upTo(most, response.body ?? empty());
}

async function* empty(): Bytes {}

async function* upTo(most: number, bytes: Bytes): Bytes {
  let seen = 0;
  for await (const piece of bytes) {
    seen += piece.length;
    if (seen > most) throw tooLarge(most);
    yield piece;
  }
}

/** The path is a sender's: it must not lead to another host. */
function addressOf(host: string, path: string): URL {
  const address = new URL(path, host);
  if (path.startsWith('/') && address.origin === new URL(host).origin) return address;
  throw new SendError({ kind: 'refused', reason: 'the file does not lie with WhatsApp' });
}

const answer = z.object({ url: z.string().max(2048), direct_path: z.string().max(2048) });

/** Where an upload is found later. */
export type Uploaded = z.infer<typeof answer>;

export interface Upload {
  readonly host: string;
  readonly kind: MediaKind;
  /** What WhatsApp told this device to show. */
  readonly auth: string;
  /** SHA-256 of the encrypted bytes, base64. */
  readonly sum: string;
  readonly bytes: number;
  readonly body: Bytes;
}

/** Throws SendError; nothing of the message was sent then. */
export async function upload(what: Upload, signal: AbortSignal): Promise<Uploaded> {
  const token = Buffer.from(what.sum, 'base64').toString('base64url');
  const address = addressOf(what.host, `${FOLDERS[what.kind]}/${token}`);
  address.search = String(new URLSearchParams({ auth: what.auth, token }));
  const response = await asked(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(what.bytes),
      origin: ORIGIN,
    },
    body: what.body as unknown as NonNullable<RequestInit['body']>,
    duplex: 'half',
    signal,
  });
  const parsed = answer.safeParse(await jsonWithin(response));
  if (parsed.success) return parsed.data;
  throw new SendError({ kind: 'later', reason: 'WhatsApp did not say where it put the file' });
}

async function asked(
  address: URL,
  wish: RequestInit & { readonly duplex?: 'half' },
): Promise<Response> {
  const response = await fetch(address, { ...wish, redirect: 'error' }).catch(() => {
    throw new SendError({ kind: 'later', reason: 'the files of WhatsApp cannot be reached' });
  });
  if (response.ok) return response;
  await response.body?.cancel();
  const isGone = response.status === 404 || response.status === 410;
  throw new SendError(
    isGone
      ? { kind: 'refused', reason: 'WhatsApp does not keep the file any more' }
      : { kind: 'later', reason: `the files of WhatsApp answered ${response.status}` },
  );
}

const tooLarge = (most: number): SendError =>
  new SendError({ kind: 'refused', reason: `the file is larger than ${most} bytes` });
