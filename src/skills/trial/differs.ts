import type { Json } from '../../base/json.ts';

/** Where a value is not what was expected; of an object, the fields that are named. */
export function differs(value: Json, expected: Json, at = 'it'): string | undefined {
  if (expected === null || typeof expected !== 'object')
    return value === expected
      ? undefined
      : `${at} is ${JSON.stringify(value)}, not ${JSON.stringify(expected)}`;
  if (value === null || typeof value !== 'object')
    return `${at} is ${JSON.stringify(value)}, not ${JSON.stringify(expected)}`;
  if (Array.isArray(expected) && (value as readonly Json[]).length !== expected.length)
    return `${at} has ${(value as readonly Json[]).length ?? 'no'} items, not ${expected.length}`;
  const fields = value as { readonly [key: string]: Json };
  for (const [key, wanted] of Object.entries(expected)) {
    const found = Object.hasOwn(fields, key) ? (fields[key] ?? null) : null;
    const why = differs(found, wanted, `${at}.${key}`);
    if (why !== undefined) return why;
  }
  return undefined;
}
