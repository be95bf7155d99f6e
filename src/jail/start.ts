import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { AtomError, asAtomError } from '../base/errors.ts';
import type { ProcessPlan } from './process-plan.ts';

type Started = Pick<ProcessPlan, 'file' | 'args' | 'env' | 'cwd' | 'fds' | 'folderFd'>;
type Streams = readonly ('ignore' | 'pipe' | number)[];

/** Starts the process of a plan; leaves open nothing that it was given. Throws AtomError `unavailable`. */
export const start = (plan: ProcessPlan): ChildProcess =>
  startWith(plan, [
    plan.stdin === undefined && !plan.dialogue ? 'ignore' : 'pipe',
    plan.output?.stdout.end ?? 'pipe',
    plan.output?.stderr.end ?? 'pipe',
  ]);

/** Starts one whose standard streams lead nowhere. Throws AtomError `unavailable`. */
export const startMute = (plan: Started): ChildProcess =>
  startWith(plan, ['ignore', 'ignore', 'ignore']);

function startWith({ file, args, env, cwd, fds, folderFd }: Started, streams: Streams) {
  const files: number[] = [];
  const opened = (path: string): number => {
    const fd = openFile(path);
    files.push(fd);
    return fd;
  };
  try {
    const stdio: StdioOptions = [
      ...streams,
      ...fds.map((fd) => {
        if (fd.kind === 'file') return opened(fd.path);
        if (fd.kind === 'folder') return folderFd;
        return fd.kind === 'channel' ? 'ipc' : 'pipe';
      }),
    ];
    return spawn(file, args, { shell: false, detached: true, env, cwd, stdio });
  } finally {
    for (const fd of files) closeSync(fd);
  }
}

/** Hands a child that was just started the bytes that are to be read from its descriptors. */
export function giveBytes(child: ChildProcess, fds: ProcessPlan['fds']): void {
  fds.forEach((fd, i) => {
    const pipe = child.stdio[3 + i] as Duplex | null | undefined;
    pipe?.on('error', ignoreClosed);
    if (fd.kind === 'data') pipe?.end(fd.bytes);
  });
}

/** A program may end without reading what it was given; that is its own affair. */
export function ignoreClosed(_error: Error): void {}

function openFile(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    const { message } = asAtomError(error);
    throw new AtomError('unavailable', `The jail could not be started: ${message}`, {
      cause: error,
    });
  }
}
