import { cutMiddle } from '../base/cut-middle.ts';
import { sha256 } from '../base/digest.ts';
import type { Json } from '../base/json.ts';
import { redactOutput } from '../base/redact.ts';
import type { TranscriptItem } from '../domain/session.ts';

type ToolItem = TranscriptItem & { readonly role: 'tool' };

/** More than anybody reads in a chat, and about 4,000 tokens for a model. */
export const MOST_TOLD = 16_000;
/** What is longer may be cut later, so it is found again. */
const WORTH_FINDING = 800;
/** Of a long result, as much of each text in its value. */
const MOST_OF_TEXT = 200;

/** Code is read here: what is only named like a secret stays. */
const safe = redactOutput([]);

/**
 * A result as it is written down: told in part where it is very long, and then kept `whole` beside that. `id`
 * names the intent that it came of.
 */
export function keptResult(
  id: string,
  item: ToolItem,
): { readonly item: ToolItem; readonly whole?: string } {
  const { text, value } = item;
  if (text.length <= WORTH_FINDING) return { item };
  const found = { ref: sha256(id).slice(0, 8), length: text.length };
  if (text.length <= MOST_TOLD) return { item: { ...item, ...found } };
  const told = { text: cutMiddle(text, MOST_TOLD, { safe }), value: slim(value) };
  return { item: { ...item, ...told, ...found }, whole: text };
}

/** The text is kept already. */
function slim(value: Json): Json {
  if (typeof value === 'string') return beginning(value);
  if (Array.isArray(value)) return value.slice(0, MOST_OF_TEXT).map(slim);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, slim(one)]));
}

const beginning = (text: string): string =>
  text.length <= MOST_OF_TEXT ? text : safe(text).slice(0, MOST_OF_TEXT).toWellFormed();

/** The text of a result for a model, in about `most` characters, and how it finds the rest. */
export function toldResult({ text, ref, length = text.length }: ToolItem, most: number): string {
  const told = cutMiddle(text, most, { whole: length, safe });
  if (ref === undefined || told.length >= length) return told;
  return `${told}\n(Only a part of ${length} characters: result_read with ref "${ref}" reads the whole.)`;
}
