import { hintFor } from '../../base/hint.ts';
import { jsonLine } from '../../base/json-line.ts';
import { visibleBlock } from '../../base/visible.ts';
import type { Env } from '../../config/env.ts';
import type { Flags } from '../flags.ts';
import { plainly } from './plain.ts';
import { createStyle, type Style } from './style.ts';

/** Where a command speaks: data on stdout, words on stderr. Words are made safe to look at here. */
export interface Out {
  readonly json: boolean;
  readonly plain: boolean;
  /** Dress for stdout. */
  readonly style: Style;
  /** One line of data. */
  data(line: string): void;
  /** What somebody wrote or set, and nobody is to dress or undress: the same under `--plain`. */
  raw(text: string): void;
  /** The one object that `--json` promises, with its schema number. */
  object(value: { readonly [key: string]: unknown }): void;
  /** One line for the person; silent under `--quiet`. */
  say(line: string): void;
  /** A line for the person that names commands of atom: they are said for this profile. */
  hint(line: string): void;
  /** One line that even `--quiet` shows, its commands for this profile as well. */
  warn(line: string): void;
}

export function createOut(env: Env, flags: Flags): Out {
  // The one place where `--plain` is heard: nothing else need know what it says instead.
  const dress = flags.plain ? plainly : (line: string) => line;
  const write = (line: string): void => void process.stderr.write(`${dress(visibleBlock(line))}\n`);
  const say = (line: string): void => {
    if (!flags.quiet) write(line);
  };
  const colors = hasColor(env, flags, process.stdout) ? env.theme : 'none';
  const style = createStyle({ colors, plain: flags.plain });
  return {
    json: flags.json,
    plain: flags.plain,
    style,
    data: (line) => void process.stdout.write(`${dress(line)}\n`),
    raw: (text) => void process.stdout.write(`${text}\n`),
    object: (value) =>
      void process.stdout.write(`${jsonLine({ schema: 1, ...(value as object) })}\n`),
    say,
    hint: (line) => say(hintFor(env.profile, line)),
    warn: (line) => write(hintFor(env.profile, line)),
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
