import { z } from 'zod';
import { AtomError, readAs } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { plainSchema } from './plain-schema.ts';
import { refuseEndless } from './schema-size.ts';

/** Throws AtomError `usage` for an input that a schema does not allow. */
export type InputCheck = (input: Json) => void;

/**
 * The check that a JSON Schema describes. It only looks: defaults are the program's own. Throws AtomError
 * `usage` for a schema that cannot be checked to the letter.
 */
export function inputCheck(schema: Json): InputCheck {
  const plain = plainSchema(schema);
  refuseEndless(plain);
  const check = schemaOf(plain);
  return (input) => {
    readAs(check, input, 'The input is wrong');
  };
}

function schemaOf(schema: Json): z.ZodType {
  try {
    return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AtomError('usage', `The schema of the input cannot be checked: ${why}.`, { cause });
  }
}
