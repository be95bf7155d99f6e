import { hintFor } from '../base/hint.ts';
import { randomKey } from '../base/ids.ts';
import { createLog, type Log, type LogFields, type LogLevel, type LogLine } from '../base/log.ts';
import { redact, redactAll } from '../base/redact.ts';
import { hashNumbers } from './hashed-numbers.ts';

/** Where the gateway's log lines go; more places may be added while it runs. */
export interface GatewayLog {
  readonly log: Log;
  add(sink: (line: LogLine) => void): void;
}

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/**
 * A log of lines at least as grave as `least`. Secrets and telephone numbers are taken out here, before any place
 * sees them, and the commands that it names are said for the profile.
 */
export function createGatewayLog(least: LogLevel, profile: string): GatewayLog {
  const key = randomKey();
  const sinks: ((line: LogLine) => void)[] = [];
  const write = (line: LogLine): void => {
    if (LEVELS.indexOf(line.level) < LEVELS.indexOf(least)) return;
    const { text, fields } = hinting(line, profile);
    const told = { ...line, text: redact(text), fields: redactAll(fields) as LogFields };
    const safe = hashNumbers(told, key);
    for (const sink of sinks) sink(safe);
  };
  return { log: createLog(write, 'gateway'), add: (sink) => sinks.push(sink) };
}

/** Lists are the words of commands, and stay as they are. */
const hinting = ({ text, fields }: LogLine, profile: string): Pick<LogLine, 'text' | 'fields'> => ({
  text: hintFor(profile, text),
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? hintFor(profile, value) : value,
    ]),
  ),
});
