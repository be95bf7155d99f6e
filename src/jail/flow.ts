import type { ChildProcess } from 'node:child_process';
import type { KeptFile } from './kept-file.ts';
import type { Output } from './output.ts';

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
export function createFlow(child: ChildProcess, file: KeptFile | undefined): Flow {
  const streams = [child.stdout, child.stderr];
  let isOpen = false;
  const resume = (): void => {
    for (const stream of streams) stream?.resume();
  };
  file?.onReady(resume);
  return {
    into: (output) => {
      for (const name of ['stdout', 'stderr'] as const)
        child[name]?.on('data', (bytes: Buffer) => {
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
