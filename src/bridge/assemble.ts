import { createBreaker } from './breaker.ts';
import { createConnection } from './connection.ts';
import { messageOf } from './content.ts';
import type { Bridge } from './contract.ts';
import { createCounts } from './counts.ts';
import { createDelivery } from './delivery.ts';
import { ConnectionError } from './errors.ts';
import type { Dial } from './link.ts';
import { createListeners } from './listeners.ts';
import type { Queue } from './queue/queue.ts';
import type { Tuning } from './settings.ts';
import { createTelling } from './telling.ts';

export interface BridgeParts {
  readonly dial: Dial;
  readonly queue: Queue;
  readonly tuning: Tuning;
}

/** A bridge over whatever `dial` connects to. */
export function assembleBridge({ dial, queue, tuning }: BridgeParts): Bridge {
  const listeners = createListeners();
  const counts = createCounts();
  const breaker = createBreaker(tuning.clock);
  const telling = createTelling(listeners);
  const { taken: onTaken, refused: onRefused } = telling;
  const delivery = createDelivery({ queue, tuning, counts, breaker, onTaken, onRefused });
  const connection = createConnection({
    dial,
    tuning,
    counts,
    onUp: (link) => {
      if (link.gap) listeners.emit('gap', { missed: 'some' });
      link.listen(telling.heard);
      delivery.up(link);
    },
    onDown: delivery.down,
    onState: (state, was, error) =>
      listeners.emit('state', { state, was, ...(error ? { error } : {}) }),
  });
  let order = queue.lastOrder;
  let closing: Promise<void> | undefined;

  const close = async (): Promise<void> => {
    connection.close();
    await delivery.close();
    if (!queue.durable) for (const message of queue.waiting()) onRefused(message, closed());
    queue.close();
  };
  return {
    connect: async () => {
      if (closing) throw closed();
      await connection.connect();
    },
    async sendToAgent(sessionKey, text, metadata) {
      if (closing) throw closed();
      const about = { sessionKey, text, ...(metadata === undefined ? {} : { metadata }) };
      const message = messageOf(about, { order: order + 1, timestamp: tuning.clock.now() });
      order = message.order;
      return delivery.send(message);
    },
    on: listeners.on,
    get isConnected() {
      return connection.state === 'connected';
    },
    get state() {
      return connection.state;
    },
    metrics: () => ({
      ...counts.read(),
      queueDepth: queue.depth,
      queueBytes: queue.bytes,
      breakerTrips: breaker.trips,
      breaker: breaker.state(),
    }),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

const closed = (): ConnectionError =>
  new ConnectionError('network', 'The bridge was closed.', { retryable: false });
