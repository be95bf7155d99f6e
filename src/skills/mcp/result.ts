import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { sizeWords } from '../../base/size.ts';
import { visible } from '../../base/visible.ts';

/** Of everything that one call gives back. */
const MOST_TEXT = 100_000;
/** Of what a tool says went wrong. */
const MOST_ERROR = 4000;

const data = z.object({ data: z.string(), mimeType: z.string().max(200) });
const part = z.union([
  z.object({ type: z.literal('text'), text: z.string() }),
  data.extend({ type: z.enum(['image', 'audio']) }),
  z.object({
    type: z.literal('resource'),
    resource: z.object({
      uri: z.string(),
      text: z.string().optional(),
      blob: z.string().optional(),
      mimeType: z.string().optional(),
    }),
  }),
  z.object({ type: z.literal('resource_link'), uri: z.string(), name: z.string().default('') }),
  z.object({ type: z.string() }),
]);
const shape = z.object({
  content: z.array(part).default([]),
  structuredContent: z.json().optional(),
  isError: z.boolean().default(false),
});

/**
 * What a tool gave back: `{text, truncated?}`. Texts are kept; pictures, sounds and files are named, and
 * nobody is handed their bytes. Throws AtomError `failed` with the tool's own words where it failed.
 */
export function resultOf(raw: unknown): Json {
  const parsed = shape.safeParse(raw);
  if (!parsed.success) throw new AtomError('failed', 'It answered with what is no result.');
  const { content, structuredContent, isError } = parsed.data;
  const texts = content.map(wordsOf);
  const all =
    texts.length === 0 && structuredContent !== undefined
      ? JSON.stringify(structuredContent, null, 2)
      : texts.join('\n');
  if (isError)
    throw new AtomError('failed', all.slice(0, MOST_ERROR).toWellFormed() || 'It failed.');
  const text = all.toWellFormed();
  if (text.length <= MOST_TEXT) return { text };
  return { text: text.slice(0, MOST_TEXT).toWellFormed(), truncated: true };
}

function wordsOf(one: z.output<typeof part>): string {
  if ('text' in one) return one.text;
  if ('data' in one)
    return `[${one.type}: ${visible(one.mimeType)}, ${bytesIn(one.data)}, not shown]`;
  if ('resource' in one) {
    const { uri, text, blob = '' } = one.resource;
    return text ?? `[file: ${visible(uri)}, ${bytesIn(blob)}, not shown]`;
  }
  if ('uri' in one) return `[link: ${visible(`${one.name} ${one.uri}`.trim())}]`;
  return `[${visible(one.type.slice(0, 40))}: not shown]`;
}

/** Of what is written as base64. */
const bytesIn = (text: string): string => sizeWords(Math.floor((text.length * 3) / 4));
