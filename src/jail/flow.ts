import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { Dialogue } from '../domain/jail.ts';
import type { KeptFile } from './kept-file.ts';
import type { Output } from './output.ts';

/** What a process prints on; null where it was never started. */
export interface Streams {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
}

/** Where it goes: a file that keeps all of it, and whoever takes the standard output for themselves. */
export interface FlowEnds {
  readonly file: KeptFile | undefined;
  readonly dialogue?: Dialogue | undefined;
}

/** How what a process prints gets to where it is collected, and no faster than it can be kept. */
export interface Flow {
  /** Resolves once nobody can say more. */
  into(output: Output): Promise<void>;
  /** From now on nothing holds it up: a process that was killed must not wait for a disk. */
  open(): void;
}

/**
 * While the file is behind, nothing is read from the process: its pipe fills and it waits, so that
 * neither memory nor the file grows faster than the disk takes it.
 */
export function createFlow({ stdout, stderr }: Streams, { file, dialogue }: FlowEnds): Flow {
  const streams = [stdout, stderr].flatMap((stream) => stream ?? []);
  let isOpen = false;
  const resume = (): void => {
    for (const stream of streams) stream.resume();
  };
  file?.onReady(resume);
  return {
    into: async (output) => {
      const take = (name: 'stdout' | 'stderr') => (bytes: Buffer) => {
        const taken = output.take(name, bytes);
        const keepsUp = file?.write(bytes.subarray(0, taken)) ?? true;
        if (!keepsUp && !isOpen) for (const stream of streams) stream.pause();
      };
      stdout?.on('data', dialogue ? (bytes) => dialogue.take(bytes) : take('stdout'));
      stderr?.on('data', take('stderr'));
      await Promise.all(streams.map((stream) => once(stream, 'close')));
    },
    open: () => {
      isOpen = true;
      resume();
    },
  };
}
