import { z } from 'zod';
import type { Json } from '../../base/json.ts';
import type { LogLevel, LogLine } from '../../base/log.ts';

/** The numbers that are written for levels. Source: getpino.io/#/docs/api?id=logger-level. */
const LEVELS: Readonly<Record<number, LogLevel>> = {
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
};

const kept = z.looseObject({
  level: z.number(),
  time: z.number(),
  part: z.string(),
  msg: z.string(),
});

/** A line of the log file; undefined where it is none, as one that was cut by a crash. */
export function lineIn(text: string): LogLine | undefined {
  const { level, time, part, msg, ...fields } = kept.safeParse(parsed(text)).data ?? {};
  const named = LEVELS[level ?? 0];
  if (named === undefined || time === undefined || part === undefined || msg === undefined)
    return undefined;
  return { at: time, level: named, part, text: msg, fields: fields as Record<string, Json> };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const ORDER: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

export interface Wanted {
  /** This one and worse. */
  readonly level?: LogLevel;
  readonly part?: string;
  /** What stands in its words or its fields, in whatever case. */
  readonly search?: string;
  /** Milliseconds since 1970; nothing from before. */
  readonly since?: number;
}

export const isWanted = (
  { level = 'debug', part, search = '', since = 0 }: Wanted,
  line: LogLine,
): boolean =>
  line.at >= since &&
  ORDER.indexOf(line.level) >= ORDER.indexOf(level) &&
  (part === undefined || line.part === part) &&
  `${line.text} ${JSON.stringify(line.fields)}`.toLowerCase().includes(search.toLowerCase());
