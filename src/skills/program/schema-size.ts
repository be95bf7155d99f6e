import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';

/** So many schemas one may be, with each `$ref` written out where it stands: a check looks at all of them. */
const MOST_SCHEMAS = 2000;

/**
 * Throws AtomError `usage` for a plain schema whose `$ref`s lead back to themselves, or make it so large that
 * its check would take too long.
 */
export function refuseEndless(schema: { readonly [key: string]: Json }): void {
  const { $defs = {}, ...root } = schema;
  const defs = new Map(Object.entries($defs as { readonly [name: string]: Json }));
  const known = new Map<string, number | 'open'>();
  const sizeOfDef = (name: string): number => {
    const size = known.get(name);
    if (size === 'open') throw wrong(`"$ref" leads from "${name}" back to it`);
    if (size !== undefined) return size;
    known.set(name, 'open');
    const found = sizeOf(defs.get(name) ?? true);
    known.set(name, found);
    return found;
  };
  const sizeOf = (value: Json): number => {
    if (value === null || typeof value !== 'object') return 0;
    const parts = Object.values(value as { readonly [key: string]: Json });
    const own = parts.reduce<number>((sum, part) => sum + sizeOf(part), 1);
    // A property of that name is a schema, and no text.
    const ref = '$ref' in value ? value.$ref : undefined;
    return typeof ref === 'string' ? own + sizeOfDef(ref.replace('#/$defs/', '')) : own;
  };
  for (const name of defs.keys()) sizeOfDef(name);
  if (sizeOf(root) > MOST_SCHEMAS)
    throw wrong(`it holds more than ${MOST_SCHEMAS} schemas with each "$ref" written out`);
}

const wrong = (what: string): AtomError =>
  new AtomError('usage', `The schema of the input cannot be checked: ${what}.`, {
    next: ['Write out what it repeats, and describe what goes on for ever as text.'],
  });
