import { readLeading } from './leading.ts';
import { programName } from './program.ts';

const SHELL = /^(sh|bash|dash|ash|zsh|ksh)$/;

/** Options of shells that change nothing about which text runs; no start-up files, nothing from elsewhere. */
const PLAIN = { flags: '-c -e -u -x -v -f -n -C', valued: '-o' } as const;

/**
 * The text of `sh -c TEXT`, for whoever can read lines of a shell. Undefined for everything else: other
 * programs, options that load more, and words behind the text, which it may run as well (`$0 "$@"`).
 */
export function inlineCode(argv: readonly string[]): string | undefined {
  const name = programName(argv[0] ?? '');
  if (name === undefined || !SHELL.test(name)) return undefined;
  const { at, options } = readLeading({ argv }, 1, PLAIN);
  if (at === undefined || at !== argv.length - 1) return undefined;
  return options.some(([option]) => option === '-c') ? argv[at] : undefined;
}
