/** Any value that JSON can carry. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * One text for one value: RFC 8785 (JSON Canonicalization Scheme). Keys are ordered by UTF-16 code
 * units, numbers and strings are written as ECMAScript writes them, which is what the RFC prescribes.
 * Throws TypeError on NaN, infinities and lone surrogates, which no two programs write alike.
 */
export function canonical(value: Json): string {
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('lone surrogate');
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object')
    return canonicalObject(value as { readonly [key: string]: Json });
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`not JSON: ${value}`);
  if (value === undefined) throw new TypeError('not JSON: undefined');
  return JSON.stringify(value);
}

/** A copy in which every text can be written as UTF-8: lone surrogates become U+FFFD. */
export function wellFormed(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value === null || typeof value !== 'object') return value;
  const pairs = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(pairs.map(([key, item]) => [key.toWellFormed(), wellFormed(item)]));
}

function canonicalObject(value: { readonly [key: string]: Json }): string {
  let text = '{';
  // By UTF-16 code units, which is how JavaScript sorts texts.
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item === undefined) continue;
    text += `${text === '{' ? '' : ','}${canonical(key)}:${canonical(item)}`;
  }
  return `${text}}`;
}
