import { sha256 } from '../../base/digest.ts';
import { within } from '../../base/wait.ts';
import type { Address } from '../../domain/address.ts';
import { SendError, type SendRequest } from '../../domain/channel.ts';
import type { InboundEvent } from '../../domain/event.ts';
import { createNumbered } from '../numbered.ts';
import { createCalls } from './calls.ts';
import { eventOf } from './events.ts';
import type { MessageKey, News, Order, Quote, WireMessage } from './frames.ts';
import { jidOf } from './jids.ts';
import type { Keep } from './keep.ts';
import { createPace, type PaceDeps } from './pace.ts';

export interface MailDeps extends Omit<PaceDeps, 'dailyCap'> {
  readonly keep: Keep;
  readonly settings: {
    readonly dailyCap: number;
    readonly allow: readonly string[];
    readonly groups: readonly string[];
  };
  newId(): string;
  tell(order: Order): void;
  /**
   * Told of somebody who is not on the allowlist. They are not heard at all: the account may be a person's,
   * and its friends must not get answers from a program.
   */
  stranger(id: string): void;
}

/** What goes in and out over whatever connection there is. */
export interface Mail {
  read(message: WireMessage): Promise<InboundEvent | undefined>;
  taken(event: InboundEvent, key: MessageKey): void;
  send(message: SendRequest, signal: AbortSignal): Promise<{ readonly externalId: string }>;
  seen(event: InboundEvent): void;
  typing(to: Address): void;
  news(news: News): void;
  opened(isOpen: boolean): void;
  /** Resolves once no connection is open, or after `ms`. */
  untilClosed(ms: number): Promise<void>;
}

/** How long a message waits for a connection before it is put off. */
const CONNECT_MS = 10_000;
const REMEMBERED = 1000;

export function createMail(deps: MailDeps): Mail {
  const { keep, settings, tell } = deps;
  const calls = createCalls();
  const numbered = createNumbered();
  const pace = createPace({ ...deps, dailyCap: settings.dailyCap });
  const sent = new Set<string>();
  const origins = new Map<string, Quote>();
  let door = closedDoor();
  const ready = async (signal: AbortSignal): Promise<void> => {
    if (signal.aborted) throw notSent('stopped before it was sent');
    await within(CONNECT_MS, 'WhatsApp', door.open.promise).catch(() => {
      throw notSent('there is no connection to WhatsApp');
    });
  };
  const sendNow = async (message: SendRequest, to: string, signal: AbortSignal) => {
    await ready(signal);
    const id = idOf(message);
    const quote = origins.get(message.inReplyTo ?? '');
    const { edits } = message;
    remember(sent, id);
    const text = numbered.textOf(message);
    await calls.begin((call) =>
      tell({
        ...{ do: 'send', call, to, id, text },
        ...(edits === undefined ? {} : { edits }),
        ...(quote === undefined || edits !== undefined ? {} : { quote }),
      }),
    );
    numbered.remember(edits ?? id, message);
    return { externalId: edits ?? id };
  };
  return {
    async read(message) {
      const me = await keep.linked();
      const event =
        me && eventOf({ ...deps, ...settings, wasSent: (id) => sent.has(id) }, message, me);
      if (event === undefined) return undefined;
      if (!settings.allow.includes(event.sender.id)) {
        deps.stranger(event.sender.id);
        return undefined;
      }
      const data = numbered.pressed(event.from.peer, message);
      return data === undefined ? event : { ...event, kind: 'button', text: data };
    },
    taken(event, key) {
      origins.set(event.id, { key, text: event.text });
      const [oldest] = origins.keys();
      if (origins.size > REMEMBERED && oldest !== undefined) origins.delete(oldest);
      tell({ do: 'read', of: key });
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
        () => sendNow(message, to, signal),
        signal,
      );
    },
    seen(event) {
      const of = origins.get(event.id)?.key;
      if (of !== undefined) tell({ do: 'react', of, sign: '👀' });
    },
    typing({ peer }) {
      const to = jidOf(peer);
      if (to !== undefined) tell({ do: 'typing', to });
    },
    news(news) {
      if (news.news === 'sent' || news.news === 'unsent') calls.settle(news);
    },
    opened(isOpen) {
      if (isOpen) return door.open.resolve();
      door.closed.resolve();
      door = closedDoor();
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

/** Made from our own id, so that sending a message again shows it once. Looks as WhatsApp Web's do. */
const idOf = ({ id }: SendRequest): string => `3EB0${sha256(id).slice(0, 18).toUpperCase()}`;

function remember(ids: Set<string>, id: string): void {
  ids.add(id);
  const [oldest] = ids;
  if (ids.size > REMEMBERED && oldest !== undefined) ids.delete(oldest);
}
