import { z } from 'zod';
import type { Json } from '../base/json.ts';
import { jsonText, readable } from './output-text.ts';

/** The result of `net.fetch`. */
const fetched = z.object({
  url: z.string(),
  status: z.number(),
  title: z.string().optional(),
  text: z.string(),
  truncated: z.boolean(),
});

/** What was found at an address, after the address itself. */
export function fetchedText(value: Json): string {
  const result = fetched.safeParse(value);
  if (!result.success) return jsonText(value);
  const { url, status, title, text, truncated } = result.data;
  const well = status >= 200 && status < 300;
  const head = [url, ...(well ? [] : [`It answered ${status}.`]), ...(title ? [title] : [])];
  const cut = truncated ? '\n\nThe rest was left out.' : '';
  return readable(`${head.join('\n')}\n\n${text === '' ? 'There is nothing in it.' : text}${cut}`);
}
