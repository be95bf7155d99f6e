import { within } from '../../base/wait.ts';
import type { Address } from '../../domain/address.ts';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { createCalls } from './calls.ts';
import type { News, Order } from './frames.ts';
import { createInbox, type Inbox, type InboxDeps } from './inbox.ts';
import { jidOf } from './jids.ts';
import { keyIn } from './message-name.ts';
import { createPace, type PaceDeps } from './pace.ts';
import { createPost, type PostDeps } from './post.ts';
import { createSaid } from './said.ts';

export interface MailDeps extends InboxDeps, Omit<PaceDeps, 'dailyCap'>, Pick<PostDeps, 'log'> {
  readonly settings: InboxDeps['settings'] & {
    readonly dailyCap: number;
    /** True where cards are asked by a poll as well; false unless given. */
    readonly polls?: boolean;
  };
  /** How long a message waits for a connection before it is put off; ten seconds unless given. */
  readonly connectMs?: number;
  tell(order: Order): void;
}

/** What goes in and out over whatever connection there is. */
export interface Mail extends Inbox {
  taken(event: InboundEvent): void;
  send(message: SendRequest, signal: AbortSignal): Promise<{ readonly externalId: string }>;
  seen(event: InboundEvent): void;
  typing(to: Address): void;
  news(news: News): void;
  opened(isOpen: boolean): void;
  /** Resolves once no connection is open, or after `ms`. */
  untilClosed(ms: number): Promise<void>;
}

const CONNECT_MS = 10_000;

export function createMail(deps: MailDeps): Mail {
  const { settings, tell } = deps;
  const calls = createCalls();
  const pace = createPace({ ...deps, dailyCap: settings.dailyCap });
  const said = createSaid();
  let door = closedDoor();
  const ready = async (signal: AbortSignal): Promise<void> => {
    if (signal.aborted) throw notSent('stopped before it was sent');
    await within(deps.connectMs ?? CONNECT_MS, 'WhatsApp', door.open.promise).catch(() => {
      throw notSent('there is no connection to WhatsApp');
    });
  };
  const post = createPost({
    ...deps,
    calls,
    pace,
    said,
    server: settings.url,
    withPolls: settings.polls === true,
  });
  return {
    ...createInbox(deps, said),
    taken({ message }) {
      const of = keyIn(message);
      if (of !== undefined) tell({ do: 'read', of });
    },
    async send(message, signal) {
      const to = jidOf(message.to.peer);
      if (to === undefined)
        throw new SendError({
          kind: 'refused',
          reason: `${message.to.peer} is no phone number and no group of WhatsApp`,
        });
      await ready(signal);
      return pace.inTurn(
        () => tell({ do: 'typing', to }),
        async () => {
          await ready(signal);
          return post.send(message, to, signal);
        },
        signal,
      );
    },
    seen({ message }) {
      const of = keyIn(message);
      if (of !== undefined) tell({ do: 'react', of, sign: '👀' });
    },
    typing({ peer }) {
      const to = jidOf(peer);
      if (to !== undefined) tell({ do: 'typing', to });
    },
    news(news) {
      if ('call' in news) calls.settle(news);
    },
    opened(isOpen) {
      if (isOpen) return door.open.resolve();
      door.closed.resolve();
      door = closedDoor();
      post.lost();
      calls.loseAll();
    },
    untilClosed: (ms) => within(ms, 'WhatsApp', door.closed.promise).catch(() => undefined),
  };
}

/** One connection: `open` once it is, `closed` once it was. */
const closedDoor = () => ({
  open: Promise.withResolvers<void>(),
  closed: Promise.withResolvers<void>(),
});

const notSent = (reason: string): SendError => new SendError({ kind: 'later', reason });
