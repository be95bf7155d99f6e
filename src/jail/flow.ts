import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { KeptFile } from './kept-file.ts';
import type { Output } from './output.ts';
import type { OutputPipes } from './pipes.ts';

/** The two streams that a process prints on. */
export interface Said {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
}

/** How what a process prints gets to where it is collected, and no faster than it can be kept. */
export interface Flow {
  into(output: Output): void;
  /** From now on nothing holds it up: a process that was killed must not wait for a disk. */
  open(): void;
}

/**
 * While the file is behind, nothing is read from the process: its pipe fills and it waits, so that
 * neither memory nor the file grows faster than the disk takes it.
 */
export function createFlow(said: Said, file: KeptFile | undefined): Flow {
  const streams = [said.stdout, said.stderr];
  let isOpen = false;
  const resume = (): void => {
    for (const stream of streams) stream?.resume();
  };
  file?.onReady(resume);
  return {
    into: (output) => {
      for (const name of ['stdout', 'stderr'] as const)
        said[name]?.on('data', (bytes: Buffer) => {
          const taken = output.take(name, bytes);
          const keepsUp = file?.write(bytes.subarray(0, taken)) ?? true;
          if (!keepsUp && !isOpen) for (const stream of streams) stream?.pause();
        });
    },
    open: () => {
      isOpen = true;
      resume();
    },
  };
}

/** What a process prints on: the pipes that it was given, or else Node's own. */
export function saidBy(child: ChildProcess, pipes: OutputPipes | undefined): Said {
  if (!pipes) return { stdout: child.stdout, stderr: child.stderr };
  const { stdout, stderr } = pipes;
  for (const pipe of [stdout, stderr]) pipe.handOver();
  return { stdout: stdout.open(), stderr: stderr.open() };
}

/** Resolves once nobody can say more. */
export async function allSaid({ stdout, stderr }: Said): Promise<void> {
  await Promise.all([stdout, stderr].map((from) => from && once(from, 'close')));
}
