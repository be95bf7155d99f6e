import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';

type Fields = { readonly [key: string]: Json };

/** What is said about a value without holding it to anything. `format` is one of them, says JSON Schema. */
const NOTES: ReadonlySet<string> = new Set([
  ...['$schema', '$id', '$comment', 'title', 'description', 'default', 'examples', 'deprecated'],
  'format',
]);

/** What each type can be held to. */
const LIMITS: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties', 'minProperties', 'maxProperties'],
  array: ['items', 'minItems', 'maxItems', 'uniqueItems'],
  string: ['minLength', 'maxLength'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  boolean: [],
  null: [],
};

/** What stands for a value as a whole, with nothing else beside it. */
const WHOLE = ['$ref', 'enum', 'const', 'anyOf', 'oneOf', 'allOf'] as const;

/**
 * The part of JSON Schema that is checked to the letter, without notes; its `$defs` go along. What would be
 * passed over in silence is refused: limits without a type, names that are required and not described, and
 * a `pattern`, since one from outside can take for ever. Throws AtomError `usage` that names the place.
 */
export function plainSchema(schema: Json): Fields {
  const { $defs, definitions, ...root } = fieldsOf(schema, '');
  const defs = $defs ?? definitions;
  const checked = fieldsOf(plain(root, ''), '');
  if (defs === undefined) return checked;
  return { ...checked, $defs: eachOf(defs, '/$defs') };
}

function plain(schema: Json, at: string): Json {
  if (typeof schema === 'boolean') return schema;
  const given = Object.entries(fieldsOf(schema, at)).filter(([key]) => !NOTES.has(key));
  const fields = Object.fromEntries(given) as Fields;
  const whole = WHOLE.find((key) => key in fields);
  if (whole !== undefined) return wholeOf(fields, whole, at);
  const [[first] = ['']] = given;
  if (fields.type === undefined && first === '') return {};
  if (fields.type === undefined) throw wrong(at, `"${first}" is not checked without a type`);
  return typed(fields, at);
}

function wholeOf({ type, ...fields }: Fields, key: (typeof WHOLE)[number], at: string): Json {
  const value = fields[key];
  const others = Object.keys(fields).filter((other) => other !== key);
  if (others.length > 0) throw wrong(at, `"${key}" cannot stand beside "${others[0]}"`);
  if (key === '$ref') return { $ref: localRef(value, at) };
  if (key === 'enum' || key === 'const') {
    const values = key === 'const' ? [value ?? null] : listOf(value, at);
    if (!values.every((one) => isPlainValue(one) && isOfType(one, type)))
      throw wrong(at, `"${key}" takes texts, numbers, true, false and null, of its own type`);
    return { enum: values };
  }
  if (type !== undefined) throw wrong(at, `"${key}" cannot stand beside "type"`);
  return { [key]: listOf(value, at).map((one, index) => plain(one, `${at}/${key}/${index}`)) };
}

function typed(fields: Fields, at: string): Json {
  const types = typeof fields.type === 'string' ? [fields.type] : listOf(fields.type, at);
  const allowed = types.flatMap((type) => LIMITS[String(type)] ?? wrongly(at, type));
  const foreign = Object.keys(fields).find((key) => key !== 'type' && !allowed.includes(key));
  if (foreign !== undefined) throw wrong(at, `"${foreign}" is not checked`);
  const { properties, required, additionalProperties, items, ...limits } = fields;
  const names = Object.keys(properties === undefined ? {} : fieldsOf(properties, at));
  const missing = listOf(required ?? [], at).find((name) => !names.includes(String(name)));
  if (missing !== undefined) throw wrong(at, `"${String(missing)}" is required and not described`);
  return {
    ...limits,
    ...(properties === undefined ? {} : { properties: eachOf(properties, `${at}/properties`) }),
    ...(required === undefined ? {} : { required }),
    ...(additionalProperties === undefined
      ? {}
      : { additionalProperties: plain(additionalProperties, `${at}/additionalProperties`) }),
    ...(items === undefined ? {} : { items: plain(items, `${at}/items`) }),
  };
}

const eachOf = (schemas: Json, at: string): Json =>
  Object.fromEntries(
    Object.entries(fieldsOf(schemas, at)).map(([key, one]) => {
      if (key === '__proto__') throw wrong(at, `"${key}" names nothing`);
      return [key, plain(one, `${at}/${key}`)];
    }),
  );

function localRef(value: Json | undefined, at: string): string {
  const [, name] = /^#\/(?:\$defs|definitions)\/([\w-]+)$/.exec(String(value)) ?? [];
  if (name === undefined) throw wrong(at, '"$ref" has to lead to one of "$defs"');
  return `#/$defs/${name}`;
}

const isPlainValue = (value: Json): boolean => value === null || typeof value !== 'object';

function isOfType(value: Json, type: Json | undefined): boolean {
  if (type === undefined) return true;
  if (type === 'integer') return Number.isInteger(value);
  return type === (value === null ? 'null' : typeof value);
}

function fieldsOf(value: Json, at: string): Fields {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw wrong(at, 'a schema is an object');
  return value as Fields;
}

function listOf(value: Json | undefined, at: string): readonly Json[] {
  if (!Array.isArray(value)) throw wrong(at, 'there has to be a list');
  return value;
}

function wrongly(at: string, type: Json): never {
  throw wrong(at, `there is no type ${JSON.stringify(type)}`);
}

const wrong = (at: string, what: string): AtomError =>
  new AtomError('usage', `The schema of the input cannot be checked: at ${at || '/'}, ${what}.`, {
    next: ['Describe it with type, properties, required, items, enum, anyOf, $ref and limits.'],
  });
