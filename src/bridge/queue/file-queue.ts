import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../../base/errors.ts';
import { BridgeError } from '../errors.ts';
import { holdFolder } from './lock.ts';
import { memoryQueue, type Queue, type QueueLimits, type Waiting } from './queue.ts';

/** One line of the file: a message that waits from here on, or one that does not any more. */
type Line = { readonly put: Waiting } | { readonly done: string };

/** Lines about messages that are done; once there are more, the file is written anew. */
const MOST_DONE = 500;

/**
 * A queue in a folder of its own: `queue.jsonl`, for the owner's eyes only. It survives `kill -9` and a
 * power cut: what `put` returned from is on the disk. One process at a time may hold the folder. Throws
 * BridgeError `already-running` where another does, and `failed` where the file cannot be read.
 */
export function fileQueue(folder: string, limits: QueueLimits): Queue {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const release = holdFolder(folder);
  try {
    return opened(folder, limits, release);
  } catch (error) {
    release();
    throw error;
  }
}

function opened(folder: string, limits: QueueLimits, release: () => void): Queue {
  const kept = waitingIn(join(folder, 'queue.jsonl'));
  const queue = memoryQueue(limits, kept);
  let file = rewritten(folder, kept);
  let done = 0;
  return {
    durable: true,
    put(message) {
      queue.put(message);
      try {
        append(file, { put: message });
      } catch (error) {
        queue.done(message.messageId);
        throw error;
      }
    },
    waiting: queue.waiting,
    done(messageId) {
      queue.done(messageId);
      done += 1;
      if (done <= MOST_DONE) return append(file, { done: messageId });
      closeSync(file);
      file = rewritten(folder, queue.waiting());
      done = 0;
    },
    get depth() {
      return queue.depth;
    },
    get bytes() {
      return queue.bytes;
    },
    get lastOrder() {
      return queue.lastOrder;
    },
    close() {
      closeSync(file);
      release();
    },
  };
}

/** A whole line or none: where it could not be written, the file ends where it ended before. */
function append(file: number, line: Line): void {
  const { size } = fstatSync(file);
  try {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    if (writeSync(file, bytes) < bytes.length) throw new Error('The disk is full.');
    fdatasyncSync(file);
  } catch (cause) {
    ftruncateSync(file, size);
    throw new BridgeError('failed', 'The queue could not be written.', { cause });
  }
}

/** Writes only what still waits, and takes the place of the old file in one step. */
function rewritten(folder: string, kept: readonly Waiting[]): number {
  const [path, draft] = [join(folder, 'queue.jsonl'), join(folder, 'queue.draft')];
  const file = openSync(draft, 'w', 0o600);
  writeFileSync(file, kept.map((put) => `${JSON.stringify({ put })}\n`).join(''));
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
  syncFolder(folder);
  return openSync(path, 'a', 0o600);
}

function syncFolder(folder: string): void {
  const entry = openSync(folder, 'r');
  try {
    fsyncSync(entry);
  } finally {
    closeSync(entry);
  }
}

/** Only the last line may be torn, and then its `put` never returned. */
function waitingIn(path: string): readonly Waiting[] {
  const lines = (readIfThere(path) ?? '').split('\n').slice(0, -1);
  const waiting = new Map<string, Waiting>();
  for (const [at, text] of lines.entries()) {
    const line = parsed(text);
    if (!line) throw damaged(path, at + 1);
    if ('put' in line) waiting.set(line.put.messageId, line.put);
    else waiting.delete(line.done);
  }
  return [...waiting.values()];
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function parsed(text: string): Line | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return isLine(line) ? line : undefined;
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const isLine = (line: unknown): line is Line =>
  isRecord(line) && (typeof line.done === 'string' || isWaiting(line.put));

const isWaiting = (put: unknown): boolean =>
  isRecord(put) &&
  typeof put.order === 'number' &&
  typeof put.timestamp === 'number' &&
  [put.messageId, put.sessionKey, put.text].every((text) => typeof text === 'string');

const damaged = (path: string, line: number): BridgeError =>
  new BridgeError('failed', `The queue cannot be read: line ${line} of ${path} is damaged.`, {
    next: [`Look at it, and move it aside: mv ${path} ${path}.damaged`],
  });
