import { z } from 'zod';
import type { Json } from '../base/json.ts';
import type { Tool } from '../domain/tool.ts';
import { jsonText } from './output-text.ts';
import { because, tableTool } from './table-tool.ts';

/** The result of `result.read`. */
const part = z.object({
  from: z.number(),
  text: z.string(),
  next: z.number().optional(),
  total: z.number(),
});

function textOfPart(value: Json): string {
  const parsed = part.safeParse(value);
  if (!parsed.success) return jsonText(value);
  const { from, text, next, total } = parsed.data;
  const place = `(Characters ${from} to ${from + text.length} of ${total}.`;
  return `${text}\n${place}${next === undefined ? ')' : ` It goes on: from ${next}.)`}`;
}

/** Reads what a tool gave back before and was told in part only. */
export const resultReadTool: Tool = tableTool({
  name: 'result_read',
  action: 'result.read',
  description:
    'Read the whole of a long result that you were told only a part of, some 12,000 characters at a time.',
  input: z.strictObject({
    ref: z.string().min(1).describe('The ref that stands below the result.'),
    from: z.number().int().min(0).optional().describe('The character to begin at.'),
    because,
  }),
  inSession: true,
  toText: textOfPart,
});
