import { assembleBridge } from './assemble.ts';
import type { Bridge } from './contract.ts';
import { dialGateway } from './dial.ts';
import { fileQueue } from './queue/file-queue.ts';
import { memoryQueue } from './queue/queue.ts';
import { type BridgeOptions, TUNING } from './settings.ts';

/**
 * A bridge to one gateway. It does nothing until `connect`, and messages wait until then. Throws
 * ConnectionError where the address is none, or none that a secret may be sent to, and BridgeError where
 * the folder of the queue belongs to another process or cannot be used.
 */
export function createBridge(options: BridgeOptions): Bridge {
  const tuning = { ...TUNING, ...options.tuning };
  const dial = dialGateway(options);
  const { queueFolder } = options;
  const queue =
    queueFolder === undefined ? memoryQueue(tuning.queue) : fileQueue(queueFolder, tuning.queue);
  return assembleBridge({ dial, queue, tuning });
}
