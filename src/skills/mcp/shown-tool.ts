import type { Json } from '../../base/json.ts';
import { visible } from '../../base/visible.ts';
import type { McpTool } from '../../domain/mcp.ts';

const MOST_WORDS = 1000;
/** Of one text in a schema. */
const MOST_TEXT = 400;
const MOST_SCHEMA = 16_000;
/** What models take as the name of a field. */
const FIELD = /^[A-Za-z0-9_.-]{1,64}$/;

/** What models are told of a tool, in one line that is safe to draw. */
export function shownDescription({ description, title, name }: McpTool): string {
  const words = description.trim() || (title ?? name);
  return clipped(visible(words.replaceAll(/\s+/g, ' ').trim()), MOST_WORDS);
}

/**
 * The schema of an input as models are told it: every text in it redrawn and short. One that is too long,
 * or that no model takes, becomes one that says nothing; the server checks what it is given itself.
 */
export function shownSchema(input: Json): Json {
  const fields = isFields(input) ? input : {};
  const shown = redrawn({ ...fields, type: 'object' });
  const odd = JSON.stringify(shown).length > MOST_SCHEMA || !namesFit(fields.properties);
  return odd ? { type: 'object' } : shown;
}

type Fields = { readonly [key: string]: Json };

const isFields = (value: Json | undefined): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function redrawn(value: Json): Json {
  if (typeof value === 'string') return clipped(visible(value), MOST_TEXT);
  if (Array.isArray(value)) return value.map(redrawn);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [clipped(visible(key), MOST_TEXT), redrawn(one)]),
  );
}

const namesFit = (properties: Json | undefined): boolean =>
  !isFields(properties) ||
  Object.entries(properties).every(
    ([name, one]) => FIELD.test(name) && (!isFields(one) || namesFit(one.properties)),
  );

const clipped = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`;
