import { systemClock } from '../../base/clock.ts';
import { jsonLine } from '../../base/json-line.ts';
import type { LogLevel, LogLine } from '../../base/log.ts';
import type { Cli } from '../cli.ts';
import { hintFor } from '../out/hint.ts';

/** The same, with its words on stderr as lines of a JSON log; nobody is asked anything. */
export function speakingJson(cli: Cli): Cli {
  const line =
    (level: LogLevel) =>
    (words: string): void => {
      const text = words.trim();
      if (text !== '') printLine({ at: systemClock.now(), level, part: 'atom', text, fields: {} });
    };
  const say = cli.flags.quiet ? (): void => undefined : line('info');
  const hint = (text: string): void => say(hintFor(cli.paths.profile, text));
  return { ...cli, mayAsk: false, out: { ...cli.out, say, hint, warn: line('warn') } };
}

/** One line of the log on stderr. */
export const printLine = (line: LogLine): void => void process.stderr.write(`${jsonLine(line)}\n`);
