import type { Json } from '../../base/json.ts';
import type { Skill } from '../../domain/skill.ts';
import { skillToolName } from '../tools.ts';
import { type Message, readMessage, type Word, withoutEnding, withoutGreeting } from './words.ts';

/**
 * The call that an example of a skill means, where a text is that example. A word in capitals that names a
 * field of the input stands for one word or more: `greet NAME`. Undefined where none fits, or a field that
 * the skill needs would be missing.
 */
export function meaningOfExample(text: string, skills: readonly Skill[]): Call | undefined {
  const message = withoutEnding(withoutGreeting(readMessage(text)));
  if (message.words.length > MOST_WORDS) return undefined;
  for (const skill of skills) {
    const fields = fieldsOf(skill.input);
    for (const example of skill.examples) {
      const input = inputFrom(message, example.split(' '), fields);
      if (input) return { tool: skillToolName(skill.name), input };
    }
  }
  return undefined;
}

/** Longer messages are no example, and trying all that they could mean would take long. */
const MOST_WORDS = 60;
const MOST_FIELDS = 3;

/** One call of a tool. */
export interface Call {
  readonly tool: string;
  readonly input: Json;
}

interface Fields {
  readonly properties: Readonly<Record<string, { readonly type?: Json }>>;
  readonly required: readonly string[];
}

/** Of a JSON Schema of an object. */
function fieldsOf(schema: Json): Fields {
  const { properties = {}, required = [] } = schema as Partial<Fields>;
  return { properties, required };
}

function inputFrom(
  message: Message,
  example: readonly string[],
  { properties, required }: Fields,
): Json | undefined {
  const parts = example.map((word): Part => {
    const field = word === word.toUpperCase() ? word.toLowerCase() : '';
    return Object.hasOwn(properties, field) ? { field } : { word: literal(word) };
  });
  // An example of nothing but fields would fit every message.
  const literals = parts.filter((part) => 'word' in part).length;
  if (literals === 0 || parts.length - literals > MOST_FIELDS) return undefined;
  const slots = walk(message, parts, 0);
  if (!slots || required.some((field) => !Object.hasOwn(slots, field))) return undefined;
  const typed = Object.entries(slots).map(([key, value]) => [
    key,
    asType(value, properties[key]?.type),
  ]);
  return typed.some(([, value]) => value === undefined) ? undefined : Object.fromEntries(typed);
}

type Part = { readonly field: string } | { readonly word: string };
type Slots = Readonly<Record<string, string>>;

const literal = (word: string): string =>
  readMessage(word).words[0]?.text.replace(/[.,!?;:…]+$/, '') ?? '';

/** Each field takes as few words as it can, so that the words of the example after it are found. */
function walk(message: Message, [part, ...rest]: readonly Part[], at: number): Slots | undefined {
  const { words } = message;
  if (part === undefined) return at === words.length ? {} : undefined;
  if ('word' in part)
    return words[at]?.text === part.word ? walk(message, rest, at + 1) : undefined;
  for (let end = at + 1; end <= words.length; end++) {
    const slots = walk(message, rest, end);
    if (slots) return { ...slots, [part.field]: written(message, words.slice(at, end)) };
  }
  return undefined;
}

/** As it was written; one word or quoted piece without its quotes. */
function written({ text }: Message, words: readonly Word[]): string {
  const [first] = words;
  return words.length === 1 && first ? first.value : text.slice(first?.start, words.at(-1)?.end);
}

function asType(value: string, type: Json | undefined): Json | undefined {
  if (type === undefined || type === 'string') return value;
  if (type !== 'number' && type !== 'integer') return undefined;
  return /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}
