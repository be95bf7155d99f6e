import type { Address } from './address.ts';

/** What keeps messages until they are dealt with: those that came in, and those that go out. */
export type QueueName = 'spool' | 'outbox';

/** One message of a queue, as the owner is shown it. */
export interface QueueItem {
  readonly id: string;
  /** The chat. */
  readonly chat: Address;
  /** Anybody’s words: make them visible before they are drawn. */
  readonly text: string;
  /** `waiting`, `sending`, `uncertain`, `dead`, `failed`, or how it ended. */
  readonly state: string;
  readonly attempts: number;
  readonly at: number;
  /** Why it failed last, in words. */
  readonly error?: string;
}

/** Which of a queue’s messages are meant: those that are not done (they wait or were given up), those given up, or all. */
export type QueuePart = 'open' | 'dead' | 'all';
