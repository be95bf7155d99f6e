import { z } from 'zod';
import { SendError } from '../../../domain/channel.ts';
import type { MediaRef } from '../../../domain/event.ts';
import type { WireMessage } from '../frames.ts';
import type { Keep } from '../keep.ts';
import { type Bytes, opened } from './cipher.ts';
import { fetchSealed } from './transfer.ts';

/** Nothing larger is fetched, whatever it is wanted for. */
const MOST = 100 * 1024 * 1024;
/** Padding and proof that the encrypted form has more. */
const MORE = 64;

const place = z.object({ path: z.string(), key: z.string() });

type WireMedia = WireMessage['media'][number];

/** What can be fetched of an attachment later; its key is sealed, as everything that opens something is. */
export async function referenceTo(keep: Keep, media: WireMedia): Promise<MediaRef> {
  const { kind, name, type, bytes, path, key } = media;
  return {
    kind,
    id:
      path === undefined || key === undefined ? '' : await keep.seal(JSON.stringify({ path, key })),
    ...(name === undefined ? {} : { name }),
    ...(type === undefined ? {} : { type }),
    ...(bytes === undefined ? {} : { bytes }),
  };
}

/** The plain bytes of an attachment. Throws SendError. */
export async function download(
  { keep, host }: { readonly keep: Keep; readonly host: string },
  media: MediaRef,
  signal: AbortSignal,
): Promise<Bytes> {
  const text = media.id === '' ? undefined : await keep.unseal(media.id);
  if (text === undefined)
    throw new SendError({ kind: 'refused', reason: 'its key is not known any more' });
  const { path, key } = place.parse(JSON.parse(text));
  const from = await fetchSealed({ host, path, most: MOST + MORE }, signal);
  return opened(from, Buffer.from(key, 'base64'), media.kind);
}
