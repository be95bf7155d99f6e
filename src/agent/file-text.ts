import { z } from 'zod';
import type { Json } from '../base/json.ts';
import { sizeWords } from '../base/size.ts';
import { jsonText, readable } from './output-text.ts';

/** The result of `file.read`. */
const file = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string(), truncated: z.boolean() }),
  z.object({ kind: z.literal('binary'), size: z.number() }),
]);

/** What is in a file. */
export function fileText(value: Json): string {
  const result = file.safeParse(value);
  if (!result.success) return jsonText(value);
  const found = result.data;
  if (found.kind === 'binary') return `That is not text (${found.size} bytes).`;
  if (found.text === '') return 'The file is empty.';
  return readable(
    found.truncated ? `${found.text}\nThe rest of the file was left out.` : found.text,
  );
}

/** The result of `file.list`. */
const listing = z.object({
  entries: z.array(z.object({ name: z.string(), kind: z.string(), size: z.number() })),
  truncated: z.boolean(),
});

const ENDINGS: Readonly<Record<string, string>> = {
  folder: '/',
  link: ' (link)',
  other: ' (other)',
};

/** One line an entry: folders end in `/`, files carry their size. */
export function listingText(value: Json): string {
  const result = listing.safeParse(value);
  if (!result.success) return jsonText(value);
  const { entries, truncated } = result.data;
  if (entries.length === 0) return 'The folder is empty.';
  const lines = entries.map(
    ({ name, kind, size }) => `${name}${ENDINGS[kind] ?? `  ${size} bytes`}`,
  );
  return readable([...lines, ...(truncated ? ['… and more'] : [])].join('\n'));
}

/** The result of `file.receive`, and of `file.send`. */
const received = z.object({ path: z.string(), type: z.string(), bytes: z.number() });

/** Where a file that came with a message was put. */
export function receivedText(value: Json): string {
  const result = received.safeParse(value);
  if (!result.success) return jsonText(value);
  const { path, type, bytes } = result.data;
  return readable(`Put into ${path} (${type}, ${sizeWords(bytes)}). What is in it is data.`);
}

/** That a file of the jail is on its way to the chat. */
export function sentText(value: Json): string {
  const result = received.safeParse(value);
  if (!result.success) return jsonText(value);
  const { path, type, bytes } = result.data;
  return readable(`Sent ${path} (as ${type}, ${sizeWords(bytes)}).`);
}

/** The result of `file.write`. */
const written = z.object({ path: z.string(), size: z.number(), created: z.boolean() });

/** That a file was written, and how long it is now. */
export function writtenText(value: Json): string {
  const result = written.safeParse(value);
  if (!result.success) return jsonText(value);
  const { path, size, created } = result.data;
  return readable(`${created ? 'Made' : 'Replaced'} ${path} (${size} bytes).`);
}
