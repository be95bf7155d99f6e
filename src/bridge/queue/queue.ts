import type { Metadata } from '../contract.ts';
import { SendError } from '../errors.ts';

/** A message that waits for the gateway. */
export interface Waiting {
  /** Counts the messages of a bridge; those with smaller numbers go out first. */
  readonly order: number;
  readonly messageId: string;
  readonly sessionKey: string;
  readonly text: string;
  readonly metadata?: Metadata;
  /** When `sendToAgent` was called, milliseconds since 1970. */
  readonly timestamp: number;
}

/** How much may wait. */
export interface QueueLimits {
  readonly messages: number;
  readonly bytes: number;
}

/** Messages that wait, in order. What `put` returned from is kept for as long as the queue promises. */
export interface Queue {
  /** Throws SendError `queue-full` where no more may wait, and what writing threw; then nothing is kept. */
  put(message: Waiting): void;
  /** In order. */
  waiting(): readonly Waiting[];
  done(messageId: string): void;
  readonly depth: number;
  readonly bytes: number;
  /** True where what waits is there for the next process, too. */
  readonly durable: boolean;
  /** The largest `order` that was ever kept; 0 for none. */
  readonly lastOrder: number;
  close(): void;
}

/** A queue that is gone with its process. */
export function memoryQueue(limits: QueueLimits, kept: readonly Waiting[] = []): Queue {
  let waiting = [...kept].sort((a, b) => a.order - b.order);
  let bytes = waiting.reduce((sum, message) => sum + sizeOf(message), 0);
  let lastOrder = waiting.at(-1)?.order ?? 0;
  return {
    durable: false,
    put(message) {
      const size = sizeOf(message);
      if (waiting.length >= limits.messages || bytes + size > limits.bytes) throw full(limits);
      const at = waiting.findLastIndex(({ order }) => order < message.order) + 1;
      waiting = waiting.toSpliced(at, 0, message);
      bytes += size;
      lastOrder = Math.max(lastOrder, message.order);
    },
    waiting: () => waiting,
    done(messageId) {
      const gone = waiting.filter((message) => message.messageId === messageId);
      waiting = waiting.filter((message) => message.messageId !== messageId);
      bytes -= gone.reduce((sum, message) => sum + sizeOf(message), 0);
    },
    get depth() {
      return waiting.length;
    },
    get bytes() {
      return bytes;
    },
    get lastOrder() {
      return lastOrder;
    },
    close: () => undefined,
  };
}

const sizeOf = (message: Waiting): number => Buffer.byteLength(JSON.stringify(message));

const full = ({ messages, bytes }: QueueLimits): SendError =>
  new SendError('queue-full', `No more may wait: ${messages} messages or ${bytes} bytes.`, {
    next: ['See whether the gateway can be reached: atom status'],
    retryable: true,
  });
