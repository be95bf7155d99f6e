import { readFile } from 'node:fs/promises';
import { capped } from '../../base/capped.ts';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { OutboundMedia } from '../../domain/message.ts';
import type { RichText } from '../../domain/rich-text.ts';
import { readMarkdown } from '../markdown.ts';
import { type Answer, type CallSlack, isRecord } from './api.ts';
import { actionBlocks, escaped } from './blocks.ts';
import { isChannel, isDirect, isMoment, personIn, placedId, placedOf } from './place.ts';
import { richBlock } from './rich.ts';

/** What a notification shows of a message. */
const MOST_NOTICE = 300;

/** The direct conversation with a person, which Slack opens as often as it is asked. */
export type DirectOf = (person: string, signal: AbortSignal) => Promise<string>;

export function directs(call: CallSlack): DirectOf {
  const known = new Map<string, string>();
  return async (person, signal) => {
    const found = known.get(person);
    if (found !== undefined) return found;
    const { channel } = await call('conversations.open', { users: person }, signal);
    const id = isRecord(channel) && typeof channel.id === 'string' ? channel.id : '';
    if (id === '') throw new SendError({ kind: 'later', reason: 'Slack opened no conversation' });
    known.set(person, id);
    return id;
  };
}

/** Sends or edits a message. Returns the id that it is known by; throws SendError. */
export async function sendMessage(
  call: CallSlack,
  directOf: DirectOf,
  message: SendRequest,
  signal: AbortSignal,
): Promise<string> {
  if (message.edits !== undefined) {
    const { channel, ts } = placedOf(message.edits);
    await call('chat.update', { channel, ts, ...look(message) }, signal);
    return message.edits;
  }
  const channel = await targetOf(directOf, message, signal);
  const { thread } = message.to;
  const place = { channel, ...(thread !== undefined && { thread_ts: moment(thread) }) };
  if (message.media) return upload(call, { ...message, media: message.media }, place, signal);
  const { ts } = await call('chat.postMessage', { ...place, ...look(message) }, signal);
  if (typeof ts === 'string') return placedId({ channel, ts });
  throw new SendError({ kind: 'unknown', reason: 'Slack took it without saying where' });
}

async function targetOf(
  directOf: DirectOf,
  { to: { peer }, quotes = '' }: SendRequest,
  signal: AbortSignal,
): Promise<string> {
  if (isChannel(peer)) return peer;
  // Whoever is of another workspace is answered where they wrote: there the id could be somebody else's.
  const [asked = ''] = quotes.split('/', 1);
  if (peer.includes('@') && isDirect(asked)) return asked;
  const person = personIn(peer);
  if (person !== undefined) return directOf(person, signal);
  throw new SendError({ kind: 'refused', reason: `${peer} is not a person or channel of Slack` });
}

function moment(thread: string): string {
  if (isMoment(thread)) return thread;
  throw new SendError({ kind: 'refused', reason: `${thread} is not a thread of Slack` });
}

function look({ text, format, buttons }: SendRequest): Answer {
  const rich: RichText = format === 'markdown' ? readMarkdown(text) : { text, marks: [] };
  return {
    // For notifications alone: where there are blocks, those are shown.
    text: escaped(capped(rich.text, MOST_NOTICE)),
    blocks: [richBlock(rich), ...actionBlocks(buttons)],
    ...{ mrkdwn: false, parse: 'none', unfurl_links: false, unfurl_media: false },
  };
}

/** Source: docs.slack.dev/messaging/working-with-files#upload. */
async function upload(
  call: CallSlack,
  { media, text }: SendRequest & { readonly media: OutboundMedia },
  place: { readonly channel: string; readonly thread_ts?: string },
  signal: AbortSignal,
): Promise<string> {
  const bytes = await readFile(media.path).catch(() => {
    throw new SendError({ kind: 'refused', reason: 'the file is gone' });
  });
  const filename = media.name ?? `${media.kind}.${media.type?.split('/')[1] ?? 'png'}`;
  const wish = { filename, length: bytes.length };
  const { upload_url: url, file_id: id } = await call('files.getUploadURLExternal', wish, signal);
  const wishes = { method: 'POST', body: bytes, redirect: 'error', signal } as const;
  const put = await fetch(String(url), wishes).catch(() => undefined);
  // Until it is shown somewhere, nothing has happened.
  if (!put?.ok) throw new SendError({ kind: 'later', reason: 'Slack did not take the file' });
  const { channel, ...thread } = place;
  const shown = { files: [{ id, title: filename }], channel_id: channel, ...thread };
  await call(
    'files.completeUploadExternal',
    { ...shown, ...(text.trim() !== '' && { initial_comment: escaped(text) }) },
    signal,
  );
  return `file/${String(id)}`;
}
