import { jsonLine } from '../../base/json-line.ts';
import type { Env } from '../../config/env.ts';
import type { Flags } from '../flags.ts';
import { createStyle, type Style } from './style.ts';

/** Where a command speaks: data on stdout, words on stderr. */
export interface Out {
  readonly json: boolean;
  readonly plain: boolean;
  /** Dress for stdout. */
  readonly style: Style;
  /** One line of data. */
  data(line: string): void;
  /** The one object that `--json` promises, with its schema number. */
  object(value: { readonly [key: string]: unknown }): void;
  /** One line for the person; silent under `--quiet`. */
  say(line: string): void;
  /** One line that even `--quiet` shows. */
  warn(line: string): void;
}

export function createOut(env: Env, flags: Flags): Out {
  const style = createStyle({ color: hasColor(env, flags, process.stdout), plain: flags.plain });
  return {
    json: flags.json,
    plain: flags.plain,
    style,
    data: (line) => void process.stdout.write(`${line}\n`),
    object: (value) =>
      void process.stdout.write(`${jsonLine({ schema: 1, ...(value as object) })}\n`),
    say: (line) => {
      if (!flags.quiet) process.stderr.write(`${line}\n`);
    },
    warn: (line) => void process.stderr.write(`${line}\n`),
  };
}

/** True where a stream takes colours, after the flags and the environment. */
export function hasColor(
  env: Pick<Env, 'color' | 'term'>,
  flags: Pick<Flags, 'color' | 'plain'>,
  stream: { readonly isTTY?: boolean },
): boolean {
  if (flags.plain) return false;
  if (flags.color !== 'auto') return flags.color === 'always';
  if (env.color !== 'auto') return env.color === 'always';
  return stream.isTTY === true && env.term !== 'dumb';
}
