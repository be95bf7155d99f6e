import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { AtomError, asAtomError } from '../base/errors.ts';
import type { ProcessPlan } from './process-plan.ts';

/** Starts the process of a plan; leaves open nothing that it was given. Throws AtomError `unavailable`. */
export function start(plan: ProcessPlan): ChildProcess {
  const { file, args, env, cwd, fds, folderFd, output, stdin, dialogue } = plan;
  const files: number[] = [];
  const opened = (path: string): number => {
    const fd = openFile(path);
    files.push(fd);
    return fd;
  };
  try {
    return spawn(file, args, {
      ...{ shell: false, detached: true, env, cwd },
      stdio: [
        stdin === undefined && !dialogue ? 'ignore' : 'pipe',
        output?.stdout.end ?? 'pipe',
        output?.stderr.end ?? 'pipe',
        ...fds.map((fd) => {
          if (fd.kind === 'file') return opened(fd.path);
          if (fd.kind === 'folder') return folderFd;
          return fd.kind === 'channel' ? 'ipc' : 'pipe';
        }),
      ],
    });
  } finally {
    for (const fd of files) closeSync(fd);
  }
}

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
