import { join } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import { jsonLine } from '../../base/json-line.ts';
import type { LogLine } from '../../base/log.ts';
import type { Cli } from '../cli.ts';
import { logText } from '../start/log-text.ts';
import { isWanted, lineIn, type Wanted } from './line.ts';
import { linesAddedTo, linesOf } from './tail.ts';

export interface LogsOptions extends Wanted {
  /** How many of the newest lines; all of them where it is absent. */
  readonly lines?: number;
  readonly follow: boolean;
}

/** Shows what the gateway wrote into its log, and goes on as it writes more. Needs no gateway. */
export async function showLogs(cli: Cli, options: LogsOptions): Promise<void> {
  const file = join(cli.paths.logs, 'gateway.log');
  const newest = newestIn([`${file}.1`, file], options);
  if (newest.length === 0 && !options.follow)
    throw new AtomError('not-found', 'There is no such line in the log.', {
      next: [`The log is ${file}; a gateway that runs writes it:   atom start`],
    });
  for (const line of newest) show(cli, line);
  if (!options.follow) return;
  const end = new AbortController();
  process.once('SIGINT', () => end.abort());
  for await (const text of linesAddedTo(file, end.signal)) {
    const line = lineIn(text);
    if (line && isWanted(options, line)) show(cli, line);
  }
}

function newestIn(files: readonly string[], options: LogsOptions): readonly LogLine[] {
  const { lines = Number.POSITIVE_INFINITY } = options;
  const found: LogLine[] = [];
  for (const file of files)
    for (const text of linesOf(file)) {
      const line = lineIn(text);
      if (line === undefined || !isWanted(options, line)) continue;
      found.push(line);
      // Twice as many at most are held, and moved once for so many.
      if (found.length > lines * 2) found.splice(0, lines);
    }
  return found.slice(-lines);
}

const show = ({ out }: Cli, line: LogLine): void =>
  out.data(out.json ? jsonLine({ ...line }) : logText(line));
