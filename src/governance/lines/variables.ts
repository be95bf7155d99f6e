import type { Classification } from '../classify.ts';
import { finding } from './finding.ts';

/**
 * Names that say how something looks or speaks. Any other that is handed to a program may tell it what
 * to run: there are hundreds (`PAGER`, `CC`, `LESSOPEN`), and each program has its own.
 */
const HARMLESS =
  /^(LANG|LANGUAGE|LC_[A-Z]+|TZ|TERM|COLUMNS|LINES|(NO|FORCE|CLI)_?COLOR|CI|DEBUG|VERBOSE|NODE_ENV|RAILS_ENV|RACK_ENV|RUST_BACKTRACE|TMPDIR|PORT|[a-z][a-z0-9_]*)$/;
/** Lower case, and still read by programs. */
const PROXY = /_proxy$/;
/** What the shell itself obeys, or what every program is handed already. */
const OBEYED =
  /^(PATH|IFS|ENV|HOME|PWD|OLDPWD|CDPATH|SHELL|PS\d|OPTIND|(LD|DYLD|GIT|BASH|NODE|NPM|PYTHON|PERL5?|RUBY|JAVA|SSH)_?[A-Z_]*|_JAVA_OPTIONS|[A-Z_]*PAGER|[A-Z]*EDITOR|VISUAL|BROWSER)$/;

/** Setting a variable that programs are handed: by `NAME=value program` or `export`. */
export const handed = (name: string): Classification | undefined =>
  HARMLESS.test(name) && !PROXY.test(name) ? undefined : trusted(name);

/** Setting a variable of the shell alone. Words that use it are not known anyway. */
export const kept = (name: string): Classification | undefined =>
  OBEYED.test(name) || PROXY.test(name) ? trusted(name) : undefined;

const trusted = (name: string): Classification =>
  finding(4, `sets ${name}, which decides what programs do`);
