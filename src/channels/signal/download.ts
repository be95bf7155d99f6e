import { z } from 'zod';
import { SendError } from '../../domain/channel.ts';
import type { MediaRef } from '../../domain/event.ts';
import { MOST_FETCHED_BYTES } from './facts.ts';
import { sendFailureOf } from './failures.ts';
import { placeOf } from './ids.ts';
import { fileIn } from './media.ts';
import type { Session } from './session.ts';

const fetched = z.object({ data: z.base64() });

/** The bytes of a file that came in, from where signal-cli keeps it. Throws SendError. */
export async function download(
  { wire, account }: Session,
  media: MediaRef,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  if ((media.bytes ?? 0) > MOST_FETCHED_BYTES) throw tooLarge();
  const { file, peer } = fileIn(media);
  const place = placeOf(peer, '');
  const { recipient, ...group } = place ?? {};
  const from = Array.isArray(recipient) ? { recipient: String(recipient[0]) } : group;
  const answer = await wire
    .call('getAttachment', { ...account, id: file, ...from }, signal)
    .catch((thrown: unknown) => {
      throw new SendError(sendFailureOf(thrown));
    });
  const { success, data } = fetched.safeParse(answer);
  if (!success) throw new SendError({ kind: 'refused', reason: 'signal-cli has no such file' });
  const bytes = Buffer.from(data.data, 'base64');
  if (bytes.length > MOST_FETCHED_BYTES) throw tooLarge();
  return only(bytes);
}

async function* only(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

const tooLarge = (): SendError =>
  new SendError({
    kind: 'refused',
    reason: 'the file is larger than atom takes from Signal (25 MB)',
  });
