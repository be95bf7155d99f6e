import { z } from 'zod';
import type { Json } from '../base/json.ts';
import { visibleBlock } from '../base/visible.ts';
import { leftShape, leftText } from './left-text.ts';

/** More than anybody reads in a chat, and about 4,000 tokens for a model. */
const MOST = 16_000;

/** The result of `shell.exec`. */
const commandResult = z.object({
  exit: z.number().nullable(),
  signal: z.string().optional(),
  ending: z.string(),
  stdout: z.string(),
  stderr: z.string(),
  truncated: z.boolean(),
  ...leftShape,
});

const CUT_SHORT: Readonly<Record<string, string>> = {
  time: 'It was stopped: it took too long.',
  memory: 'It was stopped: it needed more memory than it may have.',
  processes: 'It was stopped: it started more processes than it may.',
  output: 'It was stopped: it printed more than is kept.',
  disk: 'It was stopped: it filled the space it may use.',
  stopped: 'It was stopped.',
};

/** What a command printed, then its errors marked as such, then how it ended where that was not well. */
export function commandText(value: Json): string {
  const result = commandResult.safeParse(value);
  if (!result.success) return jsonText(value);
  const { stdout, stderr, truncated } = result.data;
  const errors = stderr.trimEnd();
  const parts = [
    stdout.trimEnd(),
    errors === '' ? '' : `errors:\n${errors}`,
    truncated ? 'The output was cut.' : '',
    endingText(result.data),
    ...leftText(result.data),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'Done; it printed nothing.' : readable(parts.join('\n'));
}

function endingText({ exit, signal, ending }: z.output<typeof commandResult>): string {
  if (exit !== null) return exit === 0 ? '' : `It ended with exit code ${exit}.`;
  if (signal !== undefined) return `It was ended by ${signal}.`;
  return CUT_SHORT[ending] ?? `It ended otherwise: ${ending}.`;
}

/** A result whose shape nobody described: strings as they are, anything else as indented JSON. */
export const jsonText = (value: Json): string =>
  readable(typeof value === 'string' ? value : JSON.stringify(value, null, 2));

/** A skill's value and what its process left, which is there where it left anything. */
const withLeft = z
  .strictObject({ value: z.json(), ...leftShape })
  .refine(({ quarantined, notes }) => quarantined !== undefined || notes !== undefined);

const withText = z.looseObject({ text: z.string() });

/** What a skill gave back: its `text` where it has one, which is how people read it. */
export function skillText(value: Json): string {
  const around = withLeft.safeParse(value);
  if (around.success)
    return [skillText(around.data.value as Json), ...leftText(around.data)].join('\n');
  const result = withText.safeParse(value);
  return result.success ? readable(result.data.text) : jsonText(value);
}

/** Safe to draw, and short enough: the middle of a very long text is left out, and said so. */
export function readable(text: string): string {
  const safe = visibleBlock(text);
  if (safe.length <= MOST) return safe;
  const half = MOST / 2;
  const left = safe.length - MOST;
  return `${safe.slice(0, half)}\n… ${left} characters left out …\n${safe.slice(-half)}`.toWellFormed();
}
