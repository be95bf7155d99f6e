import { execFile } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';

/** A pipe of the kernel's: `end` is the descriptor that a command writes to. */
export interface Pipe {
  readonly end: number;
  /** What comes out of it; ends once nobody holds the other end. */
  open(): Readable;
  /** Gives up the gateway's own hold on `end`, once the command has it. */
  handOver(): void;
}

const MKFIFO = '/usr/bin/mkfifo';
/** Each time costs a process, which is made by copying what the gateway maps. */
const AT_ONCE = 32;

/**
 * Makes pipes. What Node calls a pipe is a pair of sockets, which no program can open again as
 * `/dev/stdout`; a file could be, and cut off. So these are named pipes whose names are gone before
 * anybody is given them. Undefined where they cannot be made.
 */
export function createPipes(): () => Promise<Pipe | undefined> {
  const ready: Pipe[] = [];
  let making: Promise<number> | undefined;
  const make = async (): Promise<number> => {
    const made = await makePipes();
    making = undefined;
    ready.push(...made);
    return made.length;
  };
  const more = (): Promise<number> => (making ??= make());
  return async () => {
    while (ready.length === 0) if ((await more()) === 0) return undefined;
    const pipe = ready.pop();
    // Once whoever has the last of them has started its command: the next one does not wait for its own.
    if (ready.length === 0) setImmediate(more);
    return pipe;
  };
}

async function makePipes(): Promise<readonly Pipe[]> {
  const folder = mkdtempSync(join(tmpdir(), 'atom-pipes-'));
  const paths = Array.from({ length: AT_ONCE }, (_, i) => join(folder, `${i}`));
  try {
    await promisify(execFile)(MKFIFO, ['-m', '600', ...paths], { env: {}, timeout: 5000 });
    return paths.map(openPipe);
  } catch {
    return [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function openPipe(path: string): Pipe {
  const out = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const end = openSync(path, constants.O_WRONLY);
  return {
    end,
    open: () => new Socket({ fd: out, readable: true, writable: false }),
    handOver: () => closeSync(end),
  };
}
