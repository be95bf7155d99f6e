import { readFile } from 'node:fs/promises';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { OutboundMedia } from '../../domain/message.ts';
import { longText } from '../long-text.ts';
import type { CallSlack, SlackAccess } from './api.ts';
import { escaped } from './blocks.ts';

/** Where something is shown. */
export interface Place {
  readonly channel: string;
  readonly thread_ts?: string;
}

export interface SlackUpload extends Pick<SlackAccess, 'apiRoot'> {
  readonly call: CallSlack;
}

interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
  /** The words above it. */
  readonly comment: string;
  /** Of a text that is shown as a snippet: what it is written in. */
  readonly snippet?: 'markdown' | 'text';
}

/** Shows a file. Returns the id that it is known by; throws SendError. */
export async function uploadMedia(
  slack: SlackUpload,
  { media, text }: SendRequest & { readonly media: OutboundMedia },
  place: Place,
  signal: AbortSignal,
): Promise<string> {
  const bytes = await readFile(media.path).catch(() => {
    throw new SendError({ kind: 'refused', reason: 'the file is gone' });
  });
  const name = media.name ?? `${media.kind}.${media.type?.split('/')[1] ?? 'png'}`;
  return upload(slack, { name, bytes, comment: text }, place, signal);
}

/** Shows a text that is too long for a message as a file, which Slack folds; likewise. */
export function uploadText(
  slack: SlackUpload,
  message: SendRequest,
  place: Place,
  signal: AbortSignal,
): Promise<string> {
  const { beginning, file } = longText(message);
  const snippet = message.format ?? 'text';
  return upload(slack, { ...file, comment: beginning, snippet }, place, signal);
}

/** Slack takes files itself, and so does another server than Slack's own. Throws SendError for anywhere else. */
export function placeFor(told: unknown, apiRoot: string | undefined): URL {
  const url = URL.parse(String(told));
  const isSlacks =
    apiRoot === undefined
      ? url?.protocol === 'https:' && /(^|\.)slack(-files)?\.com$/.test(url.host)
      : url?.origin === new URL(apiRoot).origin;
  if (url && isSlacks) return url;
  throw new SendError({ kind: 'refused', reason: 'the file would not lie with Slack' });
}

/** Source: docs.slack.dev/messaging/working-with-files#upload. */
async function upload(
  { call, apiRoot }: SlackUpload,
  { name, bytes, comment, snippet }: Upload,
  { channel, ...thread }: Place,
  signal: AbortSignal,
): Promise<string> {
  // Its documents say that it takes JSON as well; it is known not to.
  const wish = new URLSearchParams({
    filename: name,
    length: String(bytes.length),
    ...(snippet && { snippet_type: snippet }),
  });
  const told = await call('files.getUploadURLExternal', wish, signal);
  const { file_id: id } = told;
  const url = placeFor(told.upload_url, apiRoot);
  const wishes = {
    method: 'POST',
    body: new Uint8Array(bytes),
    redirect: 'error',
    signal,
  } as const;
  const put = await fetch(url, wishes).catch(() => undefined);
  // Until it is shown somewhere, nothing has happened.
  if (!put?.ok) throw new SendError({ kind: 'later', reason: 'Slack did not take the file' });
  const shown = { files: [{ id, title: name }], channel_id: channel, ...thread };
  const words = comment.trim() === '' ? {} : { initial_comment: escaped(comment) };
  await call('files.completeUploadExternal', { ...shown, ...words }, signal);
  return `file/${String(id)}`;
}
