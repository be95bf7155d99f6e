import { AtomError } from '../base/errors.ts';
import type { LogLevel } from '../base/log.ts';

/** The flags that every command takes, as commander read them. */
export interface Flags {
  readonly profile?: string;
  readonly json: boolean;
  readonly plain: boolean;
  readonly color: 'auto' | 'always' | 'never';
  readonly quiet: boolean;
  readonly verbose: number;
  /** Before what the environment and the settings say. */
  readonly logLevel?: LogLevel;
  readonly yes: boolean;
  /** False under `--no-input`: nothing is asked. */
  readonly input: boolean;
  readonly timeoutMs?: number;
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds of `30s`, `5m`, `1h`, `7d`, `500ms` or plain seconds. Throws AtomError `usage`. */
export function parseDuration(text: string): number {
  const [, count, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|min|h|d)?$/.exec(text) ?? [];
  const factor = UNITS[unit];
  if (count !== undefined && factor !== undefined) return Math.round(Number(count) * factor);
  throw new AtomError('usage', `"${text}" is not a duration`, {
    next: ['Write it like 30s, 5m, 1h or 7d.'],
  });
}

/** What commander collected, made into Flags. `--no-color` and `--color never` are the same. */
export function readFlags(options: Readonly<Record<string, unknown>>): Flags {
  const { color, logLevel, profile, timeout, verbose } = options;
  return {
    ...(typeof profile === 'string' ? { profile } : {}),
    json: options.json === true,
    plain: options.plain === true,
    color: color === false ? 'never' : readColor(color),
    quiet: options.quiet === true,
    verbose: typeof verbose === 'number' ? verbose : 0,
    // One of its choices: commander takes no other.
    ...(typeof logLevel === 'string' ? { logLevel: logLevel as LogLevel } : {}),
    yes: options.yes === true,
    input: options.input !== false,
    ...(typeof timeout === 'number' ? { timeoutMs: timeout } : {}),
  };
}

const readColor = (color: unknown): Flags['color'] =>
  color === 'always' || color === 'never' ? color : 'auto';
