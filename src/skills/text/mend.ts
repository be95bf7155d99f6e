/** Lines in which texts that YAML does not take as they stand are in quotes, and which lines those are. */
export interface Mended {
  readonly lines: readonly string[];
  readonly mended: readonly number[];
}

const FIELD = /^([A-Za-z][\w-]*):[ \t]+(.*)$/;
/** Fields that hold more than a text, or that everything else hangs on. */
const NO_TEXT: ReadonlySet<string> = new Set(['metadata', 'name']);

/**
 * Most of what is no YAML in published skills is one sentence with a colon in it, or `[a] [b]`: what
 * stands after the name of such a field is then taken as the text that it is. `wrong` are lines, from 0,
 * in which YAML found a fault; lines keep their places.
 */
export function mendLines(lines: readonly string[], wrong: readonly number[]): Mended {
  const out = [...lines];
  const mended: number[] = [];
  for (const [at, line] of lines.entries()) {
    const [, field = '', value = ''] = FIELD.exec(line) ?? [];
    if (value === '' || NO_TEXT.has(field) || /^[|>]/.test(value)) continue;
    const end = endOf(lines, at);
    // What is not closed is only missed where the next field begins.
    const last = /^["'[{]/.test(value) ? end : end - 1;
    if (!wrong.some((fault) => fault >= at && fault <= last)) continue;
    const rest = lines.slice(at + 1, end).map((part) => part.trim());
    out[at] = `${field}: ${JSON.stringify([unquoted(value.trim()), ...rest].join(' ').trim())}`;
    out.fill('', at + 1, end);
    mended.push(at);
  }
  return { lines: out, mended };
}

/** The line after a field's last: what is indented belongs to it. */
function endOf(lines: readonly string[], at: number): number {
  const next = lines.findIndex(
    (line, index) => index > at && line.trim() !== '' && /^\S/.test(line),
  );
  return next < 0 ? lines.length : next;
}

/** `"a" and b` stays as it is; what is in quotes as a whole loses them. */
const unquoted = (value: string): string => /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
