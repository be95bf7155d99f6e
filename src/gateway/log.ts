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
 * sees them.
 */
export function createGatewayLog(least: LogLevel): GatewayLog {
  const key = randomKey();
  const sinks: ((line: LogLine) => void)[] = [];
  const write = (line: LogLine): void => {
    if (LEVELS.indexOf(line.level) < LEVELS.indexOf(least)) return;
    const fields = redactAll(line.fields) as LogFields;
    const safe = hashNumbers({ ...line, text: redact(line.text), fields }, key);
    for (const sink of sinks) sink(safe);
  };
  return { log: createLog(write, 'gateway'), add: (sink) => sinks.push(sink) };
}
