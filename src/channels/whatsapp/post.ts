import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { OutboundMedia } from '../../domain/message.ts';
import type { Store } from '../../domain/store.ts';
import { findEvent } from '../../store/tables/spool.ts';
import type { Quote, SentMedia } from './frames.ts';
import { putUp } from './media/outgoing.ts';
import { hostFor } from './media/transfer.ts';
import { idFor, keyIn } from './message-name.ts';
import { createPollPost, type PollPostDeps } from './poll-post.ts';
import type { Said } from './said.ts';
import { shownText } from './shown-text.ts';

export interface PostDeps extends Omit<PollPostDeps, 'polls'> {
  readonly store: Store;
  readonly said: Said;
  /** Another server than WhatsApp's own. */
  readonly server: string | undefined;
  /** True where cards are asked by a poll as well. */
  readonly withPolls: boolean;
}

/** Sends over the connection that is open. */
export interface Post {
  /** Throws SendError. */
  send(
    message: SendRequest,
    to: string,
    signal: AbortSignal,
  ): Promise<{ readonly externalId: string }>;
  /** The connection is gone. */
  lost(): void;
}

/** How many ids are remembered. */
const REMEMBERED = 1000;

export function createPost(deps: PostDeps): Post {
  const { calls, said, tell } = deps;
  const polls = deps.withPolls ? createPollPost({ ...deps, polls: said.polls }) : undefined;
  return {
    async send(message, to, signal) {
      const id = idFor(message.id);
      const { edits } = message;
      const quote = await quoteOf(deps.store, message);
      const media = message.media && (await putUpFor(deps, message.media, signal));
      remember(said.sent, id);
      const text = shownText(message);
      await calls.begin((call) =>
        tell({
          do: 'send',
          call,
          to,
          id,
          text,
          ...(edits === undefined ? {} : { edits }),
          ...(quote === undefined ? {} : { quote }),
          ...(media === undefined ? {} : { media }),
        }),
      );
      said.numbered.remember(edits ?? id, message);
      polls?.after(message, to, edits ?? id);
      return { externalId: edits ?? id };
    },
    lost: () => polls?.lost(),
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

function remember(ids: Set<string>, id: string): void {
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > REMEMBERED && oldest !== undefined) ids.delete(oldest);
}
