import { sha256 } from '../../base/digest.ts';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { OutboundMedia } from '../../domain/message.ts';
import type { Store } from '../../domain/store.ts';
import { findEvent } from '../../store/tables/spool.ts';
import type { Numbered } from '../numbered.ts';
import { wordsOf } from '../whatsapp-words/words.ts';
import type { Calls } from './calls.ts';
import type { Order, Quote, SentMedia } from './frames.ts';
import { putUp } from './media/outgoing.ts';
import { hostFor } from './media/transfer.ts';
import { keyIn } from './message-name.ts';

export interface PostDeps {
  readonly store: Store;
  readonly calls: Calls;
  readonly numbered: Numbered;
  /** Ids of what was sent, so that it is known when it comes back. */
  readonly sent: Set<string>;
  /** Another server than WhatsApp's own. */
  readonly server: string | undefined;
  tell(order: Order): void;
}

/** Sends one message over the connection that is open. Throws SendError. */
export type Post = (
  message: SendRequest,
  to: string,
  signal: AbortSignal,
) => Promise<{ readonly externalId: string }>;

/** How many ids are remembered. */
const REMEMBERED = 1000;

export function createPost(deps: PostDeps): Post {
  const { calls, numbered, tell } = deps;
  return async (message, to, signal) => {
    const id = idOf(message);
    const { edits } = message;
    const quote = await quoteOf(deps.store, message);
    const media = message.media && (await putUpFor(deps, message.media, signal));
    remember(deps.sent, id);
    await calls.begin((call) =>
      tell({
        ...{
          do: 'send',
          call,
          to,
          id,
          text: numbered.textOf({ ...message, text: wordsOf(message) }),
        },
        ...(edits === undefined ? {} : { edits }),
        ...(quote === undefined ? {} : { quote }),
        ...(media === undefined ? {} : { media }),
      }),
    );
    numbered.remember(edits ?? id, message);
    return { externalId: edits ?? id };
  };
}

/** Whatever goes wrong here, nothing was sent. */
async function putUpFor(
  { calls, tell, server }: PostDeps,
  media: OutboundMedia,
  signal: AbortSignal,
): Promise<SentMedia> {
  const place = await calls
    .begin((call) => tell({ do: 'uploads', call }))
    .catch((thrown: unknown) => {
      throw new SendError({ kind: 'later', reason: String(thrown) });
    });
  if (place.news !== 'uploads') throw new Error('the process of WhatsApp answered something else');
  return putUp({ host: hostFor(server, place.host), auth: place.auth }, media, signal);
}

/** A phone shows the words that come with a quote, and not those of the message itself. */
async function quoteOf(store: Store, message: SendRequest): Promise<Quote | undefined> {
  const key = message.edits === undefined ? keyIn(message.quotes) : undefined;
  if (key === undefined) return undefined;
  const event = await findEvent(store, message.inReplyTo ?? '');
  return { key, text: event?.text ?? '' };
}

/** Made from our own id, so that sending a message again shows it once. Looks as WhatsApp Web's do. */
const idOf = ({ id }: SendRequest): string => `3EB0${sha256(id).slice(0, 18).toUpperCase()}`;

function remember(ids: Set<string>, id: string): void {
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > REMEMBERED && oldest !== undefined) ids.delete(oldest);
}
