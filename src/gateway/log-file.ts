import { join } from 'node:path';
import type { LogLine } from '../base/log.ts';
import { ensureFolder } from '../config/folder.ts';

const MOST_BYTES = 10 * 1024 * 1024;

/** Where log lines are kept, one JSON object a line, mode 0600. Secrets were taken out before. */
export interface LogFile {
  write(line: LogLine): void;
  close(): void;
}

/** Opens `gateway.log` in a folder; one that has grown past 10 MB becomes `gateway.log.1` first. */
export async function openLogFile(folder: string): Promise<LogFile> {
  const { default: pino } = await import('pino');
  const { renameSync, statSync } = await import('node:fs');
  const file = join(ensureFolder(folder), 'gateway.log');
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MOST_BYTES) renameSync(file, `${file}.1`);
  const destination = pino.destination({ dest: file, sync: true, mode: 0o600 });
  // A log that cannot be written must not stop what it tells about.
  destination.on('error', () => undefined);
  const logger = pino({ base: null, level: 'debug' }, destination);
  return {
    write: ({ level, part, text, fields }) => logger[level]({ part, ...fields }, text),
    close: () => destination.end(),
  };
}
