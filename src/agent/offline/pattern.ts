import { type Message, readMessage, type Word, withoutEnding, withoutGreeting } from './words.ts';

/** What stood in the places of a pattern. */
export type Slots = { readonly [S in Slot]?: string };

/**
 * `PATH` one word or quoted piece; `FILE` and `ADDRESS` one that can be nothing else: quoted, with a dot or
 * a slash in it, or right behind a word such as `file`. `WORDS` several words; `TEXT` and `LINE` what was written,
 * letter by letter, `LINE` to the end of the message.
 */
type Slot = (typeof SLOTS)[number];
const SLOTS = ['PATH', 'FILE', 'ADDRESS', 'WORDS', 'TEXT', 'LINE'] as const;
const NAMES = ['PATH', 'FILE', 'ADDRESS'];

/** Words that point at something instead of naming it: never taken for a path. */
const POINTING = [
  ...['it', 'this', 'that', 'here', 'there', 'them', 'all', 'everything', 'folder', 'file'],
  ...['those', 'these', 'one', 'ones', 'me', 'my', 'mine', 'you', 'your'],
];
const ARTICLES = ['the', 'a', 'an'];
/** Whatever stands behind one of these is a name. */
const KINDS = ['file', 'folder', 'picture', 'photo', 'page', 'archive', 'note', 'called', 'named'];

/**
 * What a message puts into a pattern's slots; undefined where it does not fit. A pattern is words,
 * slots in capitals and optional parts in brackets: `list files [in PATH]`.
 */
export function matchPattern(pattern: string, text: string): Slots | undefined {
  const message = withoutGreeting(readMessage(text));
  const shortened = withoutEnding(message);
  for (const variant of variants(pattern)) {
    const last = variant.at(-1);
    const source = last === 'TEXT' || last === 'LINE' ? message : shortened;
    const slots = walk(source, variant, 0);
    if (slots !== undefined) return slots;
  }
  return undefined;
}

/** A pattern without its optional parts: the shortest way to say it. */
export const shortest = (pattern: string): string => variants(pattern).at(-1)?.join(' ') ?? '';

/** The slots of a pattern's shortest form, in order. */
export const slotsOf = (pattern: string): readonly string[] =>
  shortest(pattern).split(' ').filter(isSlot);

function variants(pattern: string): string[][] {
  const open = pattern.indexOf('[');
  const close = pattern.indexOf(']', open);
  if (open < 0 || close < 0) return [pattern.split(' ').filter((part) => part !== '')];
  const before = pattern.slice(0, open);
  const after = pattern.slice(close + 1);
  const inside = pattern.slice(open + 1, close);
  return [...variants(`${before}${inside}${after}`), ...variants(`${before}${after}`)];
}

function walk(message: Message, elements: readonly string[], at: number): Slots | undefined {
  const [element] = elements;
  const word = message.words[at];
  if (element === undefined) return word === undefined ? {} : undefined;
  if (word === undefined) return undefined;
  if (element === 'LINE') return { LINE: message.text.slice(word.start).trimEnd() };
  if (element === 'WORDS' || element === 'TEXT') return walkSpan(message, elements, at);
  const before = message.words[at - 1];
  const taken = fits(element, word, before) ? walk(message, elements.slice(1), at + 1) : undefined;
  if (taken !== undefined)
    return NAMES.includes(element) ? { ...taken, [element]: word.value } : taken;
  return isPlain(word, ARTICLES) ? walk(message, elements, at + 1) : undefined;
}

function fits(element: string, word: Word, before: Word | undefined): boolean {
  if (!NAMES.includes(element)) return word.text === element.toLowerCase() && !word.quoted;
  if (!isPath(word)) return false;
  if (element === 'FILE' && word.value.includes('://')) return false;
  if (word.quoted || isWritten(word.value) || isPlain(before, KINDS)) return true;
  // “the reminder” is a thing and no file, and so is a bare “reminders” where something would be changed.
  return element === 'PATH' && !isPlain(before, ARTICLES);
}

/** As files and addresses are: with a dot or a slash in it; a dot at the end is that of a sentence. */
const isWritten = (value: string): boolean => /\.\w|\//.test(value) && !value.includes('@');

/** The longest span after which the rest still fits: in `write a to b to c` the path is `c`. */
function walkSpan(message: Message, elements: readonly string[], at: number): Slots | undefined {
  const [element, ...rest] = elements;
  for (let end = message.words.length; end > at; end--) {
    const slots = walk(message, rest, end);
    if (slots !== undefined && element !== undefined) {
      return { ...slots, [element]: spanText(message, at, end) };
    }
  }
  return undefined;
}

function spanText({ text, words }: Message, from: number, to: number): string {
  const first = words[from];
  const last = words[to - 1];
  if (first === undefined || last === undefined) return '';
  return first === last ? first.value : text.slice(first.start, last.end);
}

/** What starts with `-` was meant as an option, and a star as any name, unless it is in quotes. */
const isPath = ({ value, text, quoted }: Word): boolean =>
  value !== '' &&
  (quoted || !(/^-|\*/.test(value) || POINTING.includes(text) || ARTICLES.includes(text)));

const isPlain = (word: Word | undefined, words: readonly string[]): boolean =>
  word !== undefined && !word.quoted && words.includes(word.text);

const isSlot = (element: string): boolean => (SLOTS as readonly string[]).includes(element);
