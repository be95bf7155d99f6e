import type { z } from 'zod';
import type { Json } from '../base/json.ts';
import { redactAll } from '../base/redact.ts';
import { shellWord } from '../base/shell-word.ts';
import { nearest } from './nearest.ts';
import { type Config, configSchema } from './schema.ts';

/** One thing wrong with a configuration. `key` is dotted, such as `jails.0.mode`. */
export interface Problem {
  readonly key: string;
  readonly message: string;
  /** The command that mends it. */
  readonly next: string;
}

const WHOLE_FILE = '(the whole file)';

export type Checked =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Holds a parsed file against the schema; every problem is named, not only the first. */
export function checkConfig(raw: Json): Checked {
  const deep = tooDeep(raw);
  if (deep.length > 0) return { ok: false, problems: deep };
  // Once in a process: to write functions that check it faster takes longer than to check it.
  const parsed = configSchema.safeParse(raw, { jitless: true });
  if (parsed.success) return { ok: true, config: deepFreeze(parsed.data) };
  return {
    ok: false,
    problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, raw)),
  };
}

/** No setting needs as many, and what goes through them again and again has an end. */
const MOST_LEVELS = 64;

function tooDeep(raw: Json): readonly Problem[] {
  if (raw === null || typeof raw !== 'object') return [];
  return Object.entries(raw)
    .filter(([, value]) => isDeeper(value, MOST_LEVELS))
    .map(([key]) => ({
      key,
      message: `"${key}" holds more than ${MOST_LEVELS} values one inside the other`,
      next: `Remove it:   atom config unset ${shellWord(key)}`,
    }));
}

const isDeeper = (value: Json, levels: number): boolean =>
  value !== null &&
  typeof value === 'object' &&
  (levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1)));

function problemsOf(issue: z.core.$ZodIssue, raw: Json): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey(issue.path, key));
  }
  const key = issue.path.join('.') || WHOLE_FILE;
  const found = valueAt(raw, issue.path);
  const has = found === undefined ? 'is missing' : hasWords(issue.path.at(-1), found);
  return [
    {
      key,
      message: `"${key}" ${has}; expected ${expected(issue)}`,
      next: mendingOf(issue, key),
    },
  ];
}

const MOST_SHOWN = 80;

/** What holds much is counted: nobody finds the fault in a sentence with all of it. */
function hasWords(name: PropertyKey | undefined, value: Json): string {
  const text = shown(name, value);
  if (value === null || typeof value !== 'object' || text.length <= MOST_SHOWN) return `is ${text}`;
  return `has ${Object.keys(value).length} entries`;
}

/** What is set; a key that was put there by mistake is not repeated. */
const shown = (name: PropertyKey | undefined, value: Json): string =>
  typeof value === 'string' && /key|token|secret|passw|auth/i.test(String(name))
    ? 'not shown here'
    : JSON.stringify(redactAll(value));

/** Only one value may do, then it is named. */
function mendingOf(issue: z.core.$ZodIssue, key: string): string {
  if (key === WHOLE_FILE) return 'Mend the file in an editor.';
  const word = shellWord(key);
  if (issue.code === 'invalid_value' && issue.values.length === 1) {
    return `Mend it:   atom config set ${word} ${String(issue.values[0])}`;
  }
  return `Mend it:   atom config set ${word} <value>   or   atom config unset ${word}`;
}

function unknownKey(path: readonly PropertyKey[], key: string): Problem {
  const full = [...path, key].join('.');
  const known = knownKeys(path);
  const meant = nearest(key, known);
  const hint = meant
    ? `did you mean "${[...path, meant].join('.')}"?`
    : `known here: ${known.join(', ')}`;
  return {
    key: full,
    message: `"${full}" is not a setting; ${hint}`,
    next: `Remove it:   atom config unset ${shellWord(full)}`,
  };
}

function expected(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') {
    return issue.values.map((value) => JSON.stringify(value)).join(' or ');
  }
  if (issue.code === 'invalid_type') return `a value of type ${issue.expected}`;
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  if (issue.code === 'too_small') return `at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  return issue.message;
}

/** The keys that the schema knows at a path. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let at: unknown = configSchema;
  for (const key of path) at = inside(unwrap(at), key);
  const { shape } = unwrap(at) as { readonly shape?: object };
  return Object.keys(shape ?? {});
}

interface Node {
  readonly def?: {
    readonly innerType?: unknown;
    readonly element?: unknown;
    /** What is written, where it is read as something else. */
    readonly in?: unknown;
  };
  readonly shape?: Readonly<Record<PropertyKey, unknown>>;
  readonly valueType?: unknown;
}

const unwrap = (schema: unknown): Node => {
  let node = (schema ?? {}) as Node;
  for (;;) {
    const within = node.def?.innerType ?? node.def?.in;
    if (within === undefined) return node;
    node = within as Node;
  }
};

const inside = (node: Node, key: PropertyKey): unknown =>
  node.shape?.[key] ?? node.def?.element ?? node.valueType;

function valueAt(raw: Json, path: readonly PropertyKey[]): Json | undefined {
  let at: Json | undefined = raw;
  for (const key of path) {
    if (at === null || typeof at !== 'object') return undefined;
    at = (at as { readonly [key: PropertyKey]: Json })[key];
  }
  return at;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
