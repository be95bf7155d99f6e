import { z } from 'zod';
import { asIs, type Hint } from '../base/hint.ts';
import type { Json } from '../base/json.ts';
import { sizeWords } from '../base/size.ts';
import { visible, visibleBlock } from '../base/visible.ts';
import { endWords } from '../domain/command-end.ts';
import type { Stream } from '../domain/jail.ts';
import { leftShape, leftText } from './left-text.ts';
import { MOST_TOLD } from './told-result.ts';

/** What is said of a command that ended well without a word. */
export const NOTHING_PRINTED = 'Done; it printed nothing.';

/** The result of `shell.exec`. */
const commandResult = z.object({
  exit: z.number().nullable(),
  signal: z.string().optional(),
  ending: z.string(),
  by: z.string().optional(),
  held: z
    .object({ jail: z.string(), by: z.enum(['jail', 'maturity']), most: z.number() })
    .optional(),
  stdout: z.string(),
  stderr: z.string(),
  truncated: z.boolean(),
  ms: z.number().optional(),
  bytes: z.object({ stdout: z.number(), stderr: z.number() }).optional(),
  binary: z.array(z.enum(['stdout', 'stderr'])).default([]),
  kept: z.string().optional(),
  lost: z.string().optional(),
  missing: z.array(z.string()).optional(),
  ...leftShape,
});
type Result = z.output<typeof commandResult>;

/** What a command printed, then its errors marked as such, then how it ended where that was not well. */
export function commandText(value: Json, hint: Hint = asIs): string {
  const result = commandResult.safeParse(value);
  if (!result.success) return jsonText(value);
  const printed = printedText(result.data);
  const told = [printed === '' ? '' : readable(printed), ...afterWords(result.data, printed, hint)];
  return told.filter((part) => part !== '').join('\n') || NOTHING_PRINTED;
}

/** True where a command was cut off by somebody: what it had printed is in its text. */
export function wasStopped(value: Json): boolean {
  const result = commandResult.safeParse(value);
  return result.success && result.data.ending === 'stopped';
}

function printedText(result: Result): string {
  const errors = streamText(result, 'stderr');
  return [streamText(result, 'stdout'), errors === '' ? '' : `errors:\n${errors}`]
    .filter((part) => part !== '')
    .join('\n');
}

function streamText(result: Result, stream: Stream): string {
  if (!result.binary.includes(stream)) return result[stream].trimEnd();
  return `(binary, ${sizeWords(result.bytes?.[stream] ?? 0)})`;
}

/** What is not in the text and where it is, then how it ended. */
function afterWords(result: Result, printed: string, hint: Hint): readonly string[] {
  const { truncated, binary, bytes, kept, lost } = result;
  const size = (bytes?.stdout ?? 0) + (bytes?.stderr ?? 0);
  const isCut = truncated || binary.length > 0 || printed.length > MOST_TOLD;
  const cut = truncated ? 'The output was cut.' : '';
  return [
    isCut && kept !== undefined ? hint(allOfIt(size, kept, lost)) : cut,
    lost === undefined ? '' : `Not all of the output could be kept: ${visible(lost)}.`,
    visibleBlock(endWords(result)),
    ...leftText(result, hint),
  ];
}

const allOfIt = (size: number, run: string, lost: string | undefined): string =>
  `${lost === undefined ? 'All of it' : 'What could be kept of it'} (${sizeWords(size)} were printed): atom runs output ${run}`;

/** A result whose shape nobody described: strings as they are, anything else as indented JSON. */
export const jsonText = (value: Json): string =>
  readable(typeof value === 'string' ? value : JSON.stringify(value, null, 2));

/** A skill's value and what its process left, which is there where it left anything. */
const withLeft = z
  .strictObject({ value: z.json(), ...leftShape })
  .refine(({ quarantined, notes }) => quarantined !== undefined || notes !== undefined);

const withText = z.looseObject({ text: z.string() });

/** What a skill gave back: its `text` where it has one, which is how people read it. */
export function skillText(value: Json, hint: Hint = asIs): string {
  const around = withLeft.safeParse(value);
  if (around.success)
    return [skillText(around.data.value as Json), ...leftText(around.data, hint)].join('\n');
  const result = withText.safeParse(value);
  return result.success ? readable(result.data.text) : jsonText(value);
}

/** Safe to draw. */
export const readable = (text: string): string => visibleBlock(text);
