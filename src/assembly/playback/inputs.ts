import type { Json } from '../../base/json.ts';
import { type Redact, redactAll } from '../../base/redact.ts';

/** Fields that hold a secret by their name. */
const SECRET_FIELD =
  /pass(?:word|wd|phrase|code)?$|secret|token|api[-_]?key|private[-_]?key|credential|authori[sz]ation|cookie|^pin$/i;

/** What a tool was called with, without what is a secret or a person by the name of its field, or in one. */
export function redactInput(value: Json, change: Redact): Json {
  if (isWords(value)) return [...redactWords(value, change)];
  if (Array.isArray(value))
    return (redactAll(value) as Json[]).map((one) => redactInput(one, change));
  if (value === null || typeof value !== 'object') return redactField('', value, change);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      change(key),
      SECRET_FIELD.test(key) && one !== null ? '[secret]' : redactField(key, one, change),
    ]),
  );
}

const isWords = (value: Json): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

/** The words of a command, as one where only together they tell something: a number with spaces in it. */
export function redactWords(words: readonly string[], change: Redact): readonly string[] {
  const each = (redactAll([...words]) as string[]).map(change);
  const line = each.join(' ');
  const told = change(line);
  return told === line ? each : [told];
}

/** Looked at with the name of the field before it, as people would say it: a number alone tells nothing. */
function redactField(key: string, value: Json, change: Redact): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'object') return redactInput(value, change);
  const before = key === '' ? '' : `${key}: `;
  const said = change(`${before}${value}`);
  if (said === `${before}${value}`) return value;
  return said.startsWith(before) ? said.slice(before.length) : change(String(value));
}
