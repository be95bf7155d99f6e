import { z } from 'zod';
import type { QueueItem } from '../domain/queue-item.ts';

const queue = z.enum(['spool', 'outbox']);
const one = z.strictObject({ queue, id: z.string().min(1).max(200) });

/** Parameters of what shows and mends the queues: what came in (`spool`) and what goes out (`outbox`). */
export const queueParams = {
  'queue.list': () =>
    z.strictObject({
      queue,
      part: z.enum(['open', 'dead', 'all']).default('all'),
      limit: z.number().int().min(1).max(1000).default(50),
    }),
  'queue.show': () => one,
  /** Tries one again that was given up. */
  'queue.retry': () => one,
  /** Forgets one that waits, or was given up. */
  'queue.drop': () => one,
} as const;

export interface QueueAnswers {
  readonly 'queue.list': { readonly items: readonly QueueItem[] };
  readonly 'queue.show': { readonly item: QueueItem };
  /** `id` is the one to follow: a message that comes in again gets a new one. */
  readonly 'queue.retry': { readonly id: string };
  readonly 'queue.drop': { readonly id: string };
}
