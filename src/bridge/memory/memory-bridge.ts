import { assembleBridge } from '../assemble.ts';
import type { Bridge } from '../contract.ts';
import { fileQueue } from '../queue/file-queue.ts';
import { memoryQueue } from '../queue/queue.ts';
import { TUNING, type Tuning } from '../settings.ts';
import { type MemoryGateway, type MemoryScript, memoryGateway } from './memory-gateway.ts';

export interface MemoryOptions extends MemoryScript {
  readonly tuning?: Partial<Tuning>;
  readonly queueFolder?: string;
}

/** A bridge, and the hidden side of it: what arrived, and what happens next. */
export type MemoryBridge = Bridge & Omit<MemoryGateway, 'dial'>;

/** Milliseconds, so that the tests of a program do not wait for seconds. */
const QUICK = { firstMs: 1, capMs: 20, jitterMs: 0 };

/**
 * A bridge without a gateway, for the tests of other programs: the same states, retries, queue and errors as
 * the real one, and failures as scripted. It waits milliseconds where the real one waits seconds.
 */
export function createMemoryBridge(options: MemoryOptions = {}): MemoryBridge {
  const tuning = { ...TUNING, steps: QUICK, ...options.tuning };
  const { dial, ...gateway } = memoryGateway(options);
  const { queueFolder } = options;
  const queue =
    queueFolder === undefined ? memoryQueue(tuning.queue) : fileQueue(queueFolder, tuning.queue);
  // The getters of the bridge are kept: a spread would read them once.
  return Object.assign(assembleBridge({ dial, queue, tuning }), gateway);
}
