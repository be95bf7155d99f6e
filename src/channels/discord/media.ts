import type { APIAttachment } from '@discordjs/core';
import { capped } from '../../base/capped.ts';
import { SendError } from '../../domain/channel.ts';
import type { MediaRef } from '../../domain/event.ts';
import { kindOf } from '../../domain/media-type.ts';
import type { Access } from './api.ts';
import { sendFailureOf, troubleOf } from './errors.ts';
import { isSnowflake } from './snowflake.ts';

/** More than anybody may send without paying for it. */
const MOST_BYTES = 25 * 1024 * 1024;
const CDN = ['cdn.discordapp.com', 'media.discordapp.net'];

interface Place {
  readonly id: string;
  readonly channel_id: string;
}

/** What is attached to a message; the bytes stay with Discord. Their addresses last a day, so none is kept. */
export const mediaOf = (
  { id, channel_id: channel }: Place,
  attachments: readonly APIAttachment[] = [],
): MediaRef[] =>
  attachments.map(({ id: file, filename, size, content_type: type }) => ({
    kind: kindOf(type),
    id: `${channel}/${id}/${file}`,
    name: capped(filename, 255),
    ...(type === undefined ? {} : { type: capped(type, 128) }),
    bytes: size,
  }));

export interface DownloadDeps {
  readonly token: string;
  readonly access: () => Promise<Access>;
  /** Another place than Discord's own for attachments: an origin. */
  readonly cdn: string | undefined;
}

/**
 * The bytes of an attachment, as they arrive: asked for by the message it is in, and fetched from Discord's
 * own hosts only. Throws SendError; also in the middle, where there are more than there may be.
 */
export async function download(
  deps: DownloadDeps,
  { id }: MediaRef,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const url = await addressFor(deps, id, signal);
  // A redirect could lead anywhere.
  const response = await fetch(url, { redirect: 'error', signal }).catch((thrown: unknown) => {
    throw new SendError(sendFailureOf(troubleOf(thrown, deps.token)));
  });
  if (response.ok && response.body !== null) return limited(response.body);
  await response.body?.cancel();
  throw refused(`Discord does not hand the file out (HTTP ${response.status})`);
}

async function addressFor(deps: DownloadDeps, id: string, signal: AbortSignal): Promise<URL> {
  const [channel = '', message = '', file = ''] = id.split('/');
  if (![channel, message, file].every(isSnowflake)) throw refused('that is no file of Discord');
  const { api } = await deps.access();
  const found = await api.channels
    .getMessage(channel, message, { signal })
    .catch((thrown: unknown) => {
      throw new SendError(sendFailureOf(troubleOf(thrown, deps.token)));
    });
  const all = [
    ...found.attachments,
    ...(found.message_snapshots ?? []).flatMap(
      ({ message: passedOn }) => passedOn.attachments ?? [],
    ),
  ];
  const attachment = all.find((one) => one.id === file);
  if (!attachment) throw refused('the file is not in its message any more');
  if (attachment.size > MOST_BYTES) throw refused('the file is too large');
  const url = URL.parse(attachment.url);
  if (url && isOfCdn(url, deps.cdn)) return url;
  throw refused('the file lies somewhere else than with Discord');
}

const isOfCdn = (url: URL, cdn: string | undefined): boolean =>
  cdn === undefined
    ? url.protocol === 'https:' && url.port === '' && CDN.includes(url.hostname)
    : url.origin === cdn;

async function* limited(body: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.byteLength;
    if (bytes > MOST_BYTES) throw refused('the file is larger than it was said to be');
    yield piece;
  }
}

const refused = (reason: string): SendError => new SendError({ kind: 'refused', reason });
