import { createReadStream } from 'node:fs';
import { randomKey } from '../../../base/ids.ts';
import { SendError } from '../../../domain/channel.ts';
import type { OutboundMedia } from '../../../domain/message.ts';
import type { SentMedia } from '../frames.ts';
import { sealed, sumsOf } from './cipher.ts';
import { upload } from './transfer.ts';

/**
 * Encrypts a file and puts it where WhatsApp keeps such; returns what a message says of it. It is read twice,
 * because its sum comes before its bytes. Throws SendError.
 */
export async function putUp(
  { host, auth }: { readonly host: string; readonly auth: string },
  media: OutboundMedia,
  signal: AbortSignal,
): Promise<SentMedia> {
  const { kind } = media;
  const key = randomKey();
  const sums = await sumsOf(createReadStream(media.path), key, kind).catch(() => {
    throw new SendError({ kind: 'refused', reason: 'the file is gone' });
  });
  const { url, direct_path: path } = await upload(
    {
      host,
      auth,
      kind,
      sum: sums.sealed,
      bytes: sums.sealedBytes,
      body: sealed(createReadStream(media.path), key, kind),
    },
    signal,
  );
  return {
    kind,
    url,
    path,
    key: key.toString('base64'),
    plainSum: sums.plain,
    sealedSum: sums.sealed,
    bytes: sums.bytes,
    type: media.type ?? 'image/png',
    ...(media.name === undefined ? {} : { name: media.name }),
  };
}
