import {
  closeSync,
  fchmodSync,
  fstatSync,
  openSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { LogLevel, LogLine } from '../base/log.ts';
import { ensureFolder } from '../config/folder.ts';

const MOST_BYTES = 10 * 1024 * 1024;

/** The numbers that readers of logs know the levels by. Source: getpino.io/#/docs/api?id=logger-level. */
const NUMBERS: Readonly<Record<LogLevel, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

/** Where log lines are kept, one JSON object a line, mode 0600. Secrets were taken out before. */
export interface LogFile {
  write(line: LogLine): void;
  close(): void;
}

/** Opens `gateway.log` in a folder; one that has grown past 10 MB becomes `gateway.log.1` first. */
export function openLogFile(folder: string): LogFile {
  const file = join(ensureFolder(folder), 'gateway.log');
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MOST_BYTES) renameSync(file, `${file}.1`);
  const fd = openPrivate(file);
  let open = true;
  // A line that a full disk cut is ended before the next begins, so that only the one is lost.
  let cut = false;
  return {
    write: (line) => {
      if (!open) return;
      const bytes = Buffer.from(`${cut ? '\n' : ''}${textOf(line)}\n`);
      const written = writeAll(fd, bytes);
      if (written > 0) cut = written < bytes.length;
    },
    close: () => {
      open = false;
      closeSync(fd);
    },
  };
}

/** Also one that an earlier umask, or somebody by hand, left open to others. */
function openPrivate(file: string): number {
  const fd = openSync(file, 'a', 0o600);
  const found = fstatSync(fd);
  if (process.platform !== 'win32' && found.isFile() && (found.mode & 0o077) !== 0)
    fchmodSync(fd, 0o600);
  return fd;
}

/** What the line itself says stands first, and no field of the same name takes its place. */
function textOf({ at, level, part, text, fields }: LogLine): string {
  const own = { level: NUMBERS[level], time: at, part, msg: text };
  return JSON.stringify({ ...own, ...fields, ...own });
}

/** How many bytes could be written. A log that cannot be written must not stop what it tells about. */
function writeAll(fd: number, bytes: Buffer): number {
  let at = 0;
  try {
    while (at < bytes.length) at += writeSync(fd, bytes, at);
  } catch {
    // The disk is full or gone.
  }
  return at;
}
