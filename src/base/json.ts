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
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') return canonicalObject(value);
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new TypeError(`not JSON: ${value}`);
  if (typeof value === 'string' && !value.isWellFormed()) throw new TypeError('lone surrogate');
  return JSON.stringify(value);
}

function canonicalObject(value: { readonly [key: string]: Json } | readonly Json[]): string {
  const pairs = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${canonical(key)}:${canonical(item)}`);
  return `{${pairs.join(',')}}`;
}
