import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { RawConfig } from '../../config/file.ts';

/** Keys that would reach into what every object inherits. */
const NOT_OURS: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/** The value at a dotted key (`jails.0.mode`), or undefined. */
export function take(root: Json, key: string): Json | undefined {
  let at: Json | undefined = root;
  for (const part of partsOf(key)) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, part)) return undefined;
    at = (at as { readonly [key: string]: Json })[part];
  }
  return at;
}

/** A copy with the value at a dotted key; undefined takes the key out. */
export function put(root: RawConfig, key: string, value: Json | undefined): RawConfig {
  const copy = structuredClone(root);
  const parts = partsOf(key);
  const last = parts.pop() ?? key;
  let at: Record<string, Json> = copy;
  for (const part of parts) {
    const inner = at[part];
    if (typeof inner !== 'object' || inner === null) at[part] = {};
    at = at[part] as Record<string, Json>;
  }
  if (value === undefined && Array.isArray(at)) at.splice(Number(last), 1);
  else if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}

/** What a text on the command line may stand for, likeliest first: JSON, the text itself, a list. */
export function readings(text: string): readonly Json[] {
  const list = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return [...asJson(text), text, list];
}

function asJson(text: string): readonly Json[] {
  try {
    return [JSON.parse(text) as Json];
  } catch {
    return []; // plain text, which is a reading of its own
  }
}

/** Every leaf with its dotted key; a list of plain values is one leaf. */
export function flatten(value: Json, prefix = ''): readonly (readonly [string, Json])[] {
  if (value === null || typeof value !== 'object') return [[prefix, value]];
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    return [[prefix, value]];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(inner as Json, prefix === '' ? key : `${prefix}.${key}`),
  );
}

function partsOf(key: string): string[] {
  const parts = key.split('.');
  if (parts.every((part) => part !== '' && !NOT_OURS.includes(part))) return parts;
  throw new AtomError('usage', `"${key}" cannot be a setting`, {
    next: ['Keys are dotted, such as log.level.'],
  });
}
