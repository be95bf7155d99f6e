import type { Leading } from '../commands/command-rule.ts';
import { type CommandWords, listed } from './command-words.ts';

/** What stands before the word that says more. */
export interface Lead {
  /** Where that word stands, or would. Undefined where an option stands before it that is not listed. */
  readonly at: number | undefined;
  /** The options, as listed, with their values. */
  readonly options: readonly (readonly [name: string, value: string])[];
  /** True where a word that is not known stands before it, which may be any option. */
  readonly unsure: boolean;
}

/**
 * Reads options from index `from` up to the first word that is none. `--` ends them. A value that looks
 * like an option is not taken for one: whoever reads it otherwise would see another command.
 */
export function readLeading(command: CommandWords, from: number, leading: Leading = {}): Lead {
  const { argv } = command;
  const options: [string, string][] = [];
  const lead = (at: number | undefined, last: number): Lead => ({
    at,
    options,
    unsure: [...(command.unknown ?? [])].some((index) => index >= from && index < last),
  });
  let at = from;
  for (let word = argv[at]; word?.startsWith('-'); word = argv[at]) {
    if (word === '--') return lead(at + 1, at + 1);
    if (word === '-' && !listed(leading.flags).includes('-')) break;
    const read = readOption(word, argv[at + 1] ?? '', leading);
    if (!read) return lead(undefined, at);
    for (const [name, value] of read.options) options.push([name, value ?? argv[at + 1] ?? '']);
    at += read.takesNext ? 2 : 1;
  }
  return lead(Math.min(at, argv.length), at);
}

interface Read {
  /** A value that is undefined is the next word. */
  readonly options: readonly (readonly [name: string, value: string | undefined])[];
  readonly takesNext: boolean;
}

function readOption(word: string, next: string, leading: Leading): Read | undefined {
  const read = word.startsWith('--') ? readLong(word, leading) : readShorts(word, leading);
  return read?.takesNext && /^-(?!\d+$|$)/.test(next) ? undefined : read;
}

/** An option of two dashes, or any beginning of one that can only mean options of one kind. */
function readLong(word: string, { flags, valued, glued }: Leading): Read | undefined {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  const value = equals < 0 ? undefined : word.slice(equals + 1);
  const among = (list: string | undefined, exact: boolean): string | undefined =>
    listed(list).find((known) => (exact ? known === name : known.startsWith(name)));
  for (const exact of [true, false]) {
    const alone = among(flags, exact) ?? among(glued, exact);
    const taking = among(valued, exact);
    if (alone && taking) return undefined;
    if (alone) return { options: [[alone, value ?? '']], takesNext: false };
    if (taking) return { options: [[taking, value]], takesNext: value === undefined };
  }
  return undefined;
}

/** A cluster: flags, then at most one option with a value. Or one option of a single dash (`-Wall`). */
function readShorts(word: string, { flags, valued, glued }: Leading): Read | undefined {
  if (listed(flags).includes(word)) return { options: [[word, '']], takesNext: false };
  if (word.length > 2 && listed(valued).includes(word))
    return { options: [[word, undefined]], takesNext: true };
  if (/^-\d+$/.test(word) && listed(flags).includes('-#'))
    return { options: [['-#', word]], takesNext: false };
  const options: [string, string | undefined][] = [];
  for (let at = 1; at < word.length; at++) {
    const name = `-${word.charAt(at)}`;
    const rest = word.slice(at + 1);
    if (listed(valued).includes(name))
      return { options: [...options, [name, rest || undefined]], takesNext: rest === '' };
    if (listed(glued).includes(name))
      return { options: [...options, [name, rest]], takesNext: false };
    if (!listed(flags).includes(name)) return undefined;
    options.push([name, '']);
  }
  return { options, takesNext: false };
}
