import type { Json } from './json.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One thing that happened: words for people, fields for programs. */
export interface LogLine {
  readonly at: number;
  readonly level: LogLevel;
  /** Which part speaks: `gateway`, `telegram`, `jail`, … */
  readonly part: string;
  readonly text: string;
  readonly fields: { readonly [key: string]: Json };
}

export type LogFields = { readonly [key: string]: Json };

/** What parts of atom are handed to speak with. `text` is one line and holds no secret. */
export interface Log {
  debug(text: string, fields?: LogFields): void;
  info(text: string, fields?: LogFields): void;
  warn(text: string, fields?: LogFields): void;
  error(text: string, fields?: LogFields): void;
  /** The same log, speaking as another part. */
  part(name: string): Log;
}

/** A log that hands each line to `write`; where lines end up is the composition root's choice. */
export function createLog(write: (line: LogLine) => void, part = 'atom'): Log {
  const say =
    (level: LogLevel) =>
    (text: string, fields: LogFields = {}): void =>
      write({ at: Date.now(), level, part, text, fields });
  return {
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    part: (name) => createLog(write, name),
  };
}
