import { capped } from '../../base/capped.ts';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { RichText } from '../../domain/rich-text.ts';
import { readMarkdown } from '../markdown.ts';
import { type Answer, type CallSlack, isRecord } from './api.ts';
import { actionBlocks, escaped } from './blocks.ts';
import { slackFacts } from './facts.ts';
import { isChannel, isDirect, isMoment, personIn, placedId, placedOf } from './place.ts';
import { richBlock } from './rich.ts';
import { type SlackUpload, uploadMedia, uploadText } from './upload.ts';

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
  { directOf, ...slack }: SlackUpload & { readonly directOf: DirectOf },
  message: SendRequest,
  signal: AbortSignal,
): Promise<string> {
  const { call } = slack;
  if (message.edits !== undefined) {
    const { channel, ts } = placedOf(message.edits);
    await call('chat.update', { channel, ts, ...look(message) }, signal);
    return message.edits;
  }
  const channel = await targetOf(directOf, message, signal);
  const { thread } = message.to;
  const place = { channel, ...(thread !== undefined && { thread_ts: moment(thread) }) };
  const { media } = message;
  if (media) return uploadMedia(slack, { ...message, media }, place, signal);
  if (message.text.length > slackFacts.maxLength) return uploadText(slack, message, place, signal);
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
    mrkdwn: false,
    parse: 'none',
    unfurl_links: false,
    unfurl_media: false,
  };
}
