import type { ChildProcess } from 'node:child_process';
import type { Clock } from '../base/clock.ts';
import type { Dialogue, JailLimits, Launch } from '../domain/jail.ts';
import type { ChildFd } from './bwrap-args.ts';
import type { KeptFile } from './kept-file.ts';
import type { Pipe } from './pipes.ts';

/** A process to start, with everything it is given. */
export interface ProcessPlan {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly fds: readonly ChildFd[];
  /** The open descriptor that stands for `folder` in `fds`. */
  readonly folderFd: number | undefined;
  readonly stdin: string | undefined;
  readonly dialogue: Dialogue | undefined;
  readonly limits: JailLimits;
  /** A folder on the disk to watch, where the command may write. */
  readonly watchFolder: string | undefined;
  readonly clock: Clock;
  /** What the command writes to; Node's own pairs of sockets where there are none. */
  readonly output?: { readonly stdout: Pipe; readonly stderr: Pipe };
  /** Called with the process as soon as it has started. */
  readonly onStart?: (child: ChildProcess) => void;
}

export interface ProcessHooks {
  readonly onUpdate: Parameters<Launch>[2];
  /** Where everything that it prints is kept, where it is to be. */
  readonly file: KeptFile | undefined;
}
