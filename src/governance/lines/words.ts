import { printWord } from '../../domain/shell-line/print.ts';
import {
  type Part,
  type SimpleCommand,
  textOf,
  type Word,
} from '../../domain/shell-line/script.ts';
import type { CommandWords } from '../classify.ts';

/** Where `~` leads inside a jail: a folder of its own, which is gone afterwards. */
const HOME = '/home/atom';

/** What a shell calls a command that stands in a file’s place. */
const A_PROCESS = '/dev/fd/63';

/** The words of a command as far as they are known before it runs. */
export function commandWords({ words }: SimpleCommand): CommandWords {
  const argv = words.map((word) => knownText(word) ?? operandText(word) ?? printWord(word));
  const unknown = words.flatMap((word, at) =>
    (knownText(word) ?? operandText(word)) === undefined ? [at] : [],
  );
  const names = unknown.filter((at) => words[at]?.every(isPlain));
  const more = words.some(mayBeMany);
  return { argv, unknown: new Set(unknown), names: new Set(names), more };
}

/** `src/*.c`: files whatever they are called, since no option begins like that. */
function operandText(word: Word): string | undefined {
  const [first] = word;
  if (first?.kind !== 'text' || /^-|^$/.test(first.text)) return undefined;
  const texts = word.map((part) =>
    part.kind === 'text' || part.kind === 'pattern' ? part.text : undefined,
  );
  return texts.includes(undefined) ? undefined : texts.join('');
}

const isPlain = ({ kind }: Part): boolean => kind === 'text' || kind === 'pattern';

/** A word’s text, where it is the same whenever it is read; `~/x` is one. */
export function knownText(word: Word): string | undefined {
  if (word.length === 0) return '';
  const [first, ...rest] = word;
  if (first?.kind === 'process') return A_PROCESS;
  if (first?.kind !== 'variable') return textOf(word);
  const { name, change, length } = first.variable;
  if (name !== 'HOME' || change !== '' || length || !first.quoted) return undefined;
  const below = rest.length === 0 ? '' : textOf(rest);
  return below === undefined ? undefined : HOME + below;
}

/** May become no word, or several that may be anything. */
const mayBeMany = (word: Word): boolean =>
  operandText(word) === undefined && word.some(partMayBeMany);

/** What is not quoted, and all arguments at once. */
function partMayBeMany(part: Part): boolean {
  if (part.kind === 'text' || part.kind === 'process') return false;
  if (part.kind === 'pattern') return true;
  return !part.quoted || (part.kind === 'variable' && '@*'.includes(part.variable.name));
}
