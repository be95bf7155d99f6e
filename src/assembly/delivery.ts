import { picturesOf } from '../config/paths.ts';
import { startCards } from '../outbox/cards.ts';
import { createDelivery } from '../outbox/deliver.ts';
import { createMedia, type Media } from '../outbox/media.ts';
import { createLaneLoop, type LaneLoop } from '../store/lane-loop.ts';
import { waitingFiles } from '../store/tables/outbox.ts';
import type { Channels } from './channels.ts';
import { ownerChats } from './owner-chats.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

export interface Delivery {
  /** Where pictures wait until they are sent. */
  readonly media: Media;
  start(): void;
  stop(): Promise<void>;
}

const LEASE_MS = 60_000;
/** Chats that are written to at the same time. */
const MOST = 8;

/** Sends what is in the outbox, and shows each question in the owner's chats. */
export function createOutgoing(
  options: AtomOptions,
  { store, bus, audit, callbacks, steady, people }: Records,
  channels: Channels,
): Delivery {
  const { clock, metrics, config } = options;
  const log = options.log.part('outbox');
  const media = createMedia(picturesOf(options.paths));
  const loop: LaneLoop = createLaneLoop({
    store,
    clock: steady,
    queue: 'out',
    most: MOST,
    leaseMs: LEASE_MS,
    ...createDelivery({
      store,
      clock,
      steady,
      audit,
      log,
      metrics,
      discard: media.discard,
      channel: channels.get,
      undelivered: (approval) => bus.tell('card.undelivered', { approval }),
    }),
    onError: (error) => log.error(`the outbox stumbled: ${String(error)}`),
  });
  const stopCards = startCards({
    store,
    bus,
    clock,
    log,
    callbacks,
    facts: channels.facts,
    ownerChats: () => ownerChats(people, store),
    order: config.notify.order,
    fallbackMs: config.notify.fallbackSeconds * 1000,
    health: (name) => channels.list().find(({ facts }) => facts.name === name)?.health.state,
  });
  const unsubscribe = bus.on('outbound', () => loop.wake());
  return {
    media,
    start: () => {
      // What the outbox still has to send is needed; of the rest, its time is over.
      waitingFiles(store)
        .then(media.sweep)
        .catch((error: unknown) => log.warn(`pictures are left: ${String(error)}`));
      loop.start();
    },
    stop: async () => {
      unsubscribe();
      stopCards();
      await loop.stop();
    },
  };
}
