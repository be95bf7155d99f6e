import { systemClock } from '../../base/clock.ts';
import { hintFor } from '../../base/hint.ts';
import { jsonLine } from '../../base/json-line.ts';
import type { LogLevel, LogLine } from '../../base/log.ts';
import type { Cli } from '../cli.ts';

/** The same, with its words on stderr as lines of a JSON log; nobody is asked anything. */
export function speakingJson(cli: Cli): Cli {
  const line =
    (level: LogLevel) =>
    (words: string): void => {
      const text = words.trim();
      if (text !== '') printLine({ at: systemClock.now(), level, part: 'atom', text, fields: {} });
    };
  const say = cli.flags.quiet ? (): void => undefined : line('info');
  const named =
    (speak: (words: string) => void) =>
    (text: string): void =>
      speak(hintFor(cli.paths.profile, text));
  const out = { ...cli.out, say, hint: named(say), warn: named(line('warn')) };
  return { ...cli, mayAsk: false, out };
}

/** One line of the log on stderr. */
export const printLine = (line: LogLine): void => void process.stderr.write(`${jsonLine(line)}\n`);
