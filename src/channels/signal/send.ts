import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { OutboundMedia } from '../../domain/message.ts';
import { MOST_INLINE_BYTES, MOST_SENT_BYTES } from './facts.ts';
import { failureIn, sendFailureOf, sentIn } from './failures.ts';
import { addressOf, placeOf } from './ids.ts';
import type { Session } from './session.ts';
import type { Styled } from './styles.ts';
import type { Params } from './wire.ts';

/** What is known of messages that can be quoted. */
export interface Quotable {
  /** The words of a message by its id here, `<timestamp>/<author>`; empty where nobody remembers. */
  wordsOf(id: string): string;
}

/**
 * Sends or edits one message. Resolves to its timestamp, which is its id among ours; throws SendError.
 * `text` is what is to be read, with its buttons as numbers; `styles` say how.
 */
export async function sendMessage(
  { wire, account }: Session,
  message: SendRequest,
  more: Quotable & Styled & { readonly own: string; readonly signal: AbortSignal },
): Promise<string> {
  const params: Params = {
    ...account,
    ...placed(message, more.own),
    message: more.text,
    ...(more.styles.length === 0 ? {} : { textStyle: more.styles }),
    ...(message.edits === undefined
      ? { ...quote(message, more), ...(await attachment(message.media)) }
      : { editTimestamp: timestampIn(message.edits) }),
  };
  const answer = await wire.call('send', params, more.signal).catch((thrown: unknown) => {
    throw new SendError(sendFailureOf(thrown));
  });
  const sent = sentIn(answer);
  if (!sent)
    throw new SendError({ kind: 'unknown', reason: 'signal-cli answered without a timestamp' });
  const failure = failureIn(sent);
  if (failure) throw new SendError(failure);
  // Signal knows an edited message by the timestamp that it had first.
  return message.edits ?? String(sent.timestamp);
}

/** Throws SendError `refused` for what is no place in Signal. */
function placed({ to }: SendRequest, own: string): Params {
  const place = placeOf(to.peer, own);
  if (place) return place;
  throw refused(`${to.peer} is no phone number, uuid or group of Signal`);
}

function quote({ quotes }: SendRequest, { own, wordsOf }: Quotable & { own: string }): Params {
  if (quotes === undefined) return {};
  const [, author = own] = quotes.split('/');
  return {
    quoteTimestamp: timestampIn(quotes),
    quoteAuthor: addressOf(author),
    quoteMessage: wordsOf(quotes),
  };
}

function timestampIn(id: string): number {
  const [digits = ''] = id.split('/');
  if (/^\d{1,16}$/.test(digits)) return Number(digits);
  throw refused(`${id} is no message of Signal`);
}

/**
 * A file goes with its name and type inside the request, which works whoever runs signal-cli and wherever;
 * a large one by its path, which signal-cli must be able to read.
 */
async function attachment(media: OutboundMedia | undefined): Promise<Params> {
  if (!media) return {};
  const { size } = await stat(media.path).catch(() => {
    throw refused('the file is gone');
  });
  if (size > MOST_SENT_BYTES) throw refused('the file is larger than Signal takes (100 MB)');
  if (size > MOST_INLINE_BYTES) return { attachments: [media.path] };
  const type =
    /^[\w.+-]+\/[\w.+-]+$/.exec(media.type ?? 'image/png')?.[0] ?? 'application/octet-stream';
  const name = encodeURIComponent(basename(media.name ?? media.kind));
  const bytes = await readFile(media.path, 'base64');
  return { attachments: [`data:${type};filename=${name};base64,${bytes}`] };
}

const refused = (reason: string): SendError => new SendError({ kind: 'refused', reason });
