import { isUtf8 } from 'node:buffer';
import { AtomError } from '../../base/errors.ts';

/** The lines of a `SKILL.md`, and what is odd about how they were saved. */
export interface SkillText {
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

/** The file that makes a folder a skill of words. */
export const SKILL_FILE = 'SKILL.md';
/** Fifty times the longest that the format recommends. */
const MOST_BYTES = 256 * 1024;

/** Says what is wrong in which line of `SKILL.md`, and what to do. */
export const wrongIn = (line: number, what: string, next: string): AtomError =>
  new AtomError('usage', `${SKILL_FILE}:${line}: ${what}`, { next: [next] });

/** What can be read and should still be mended. */
export const noteOn = (line: number, what: string): string => `${SKILL_FILE}:${line}: ${what}`;

/** Reads the bytes of a `SKILL.md`. Throws AtomError `usage` for what is no text in UTF-8. */
export function decode(bytes: Buffer): SkillText {
  if (bytes.length > MOST_BYTES)
    throw wrongIn(
      1,
      `it has ${bytes.length} bytes; at most ${MOST_BYTES} are read.`,
      'Move its details into files beside it, and name them in it.',
    );
  const text = utf8(bytes);
  const bom = text.startsWith('\uFEFF');
  const notes = [
    ...(bom ? [noteOn(1, 'it begins with a byte order mark: save it as UTF-8 without one.')] : []),
    ...(text.includes('\r')
      ? [noteOn(1, 'its lines end as on Windows (CRLF): save it with LF.')]
      : []),
  ];
  return { lines: text.slice(bom ? 1 : 0).split(/\r\n|\r|\n/), notes };
}

function utf8(bytes: Buffer): string {
  const line = firstLine(bytes, (part) => !isUtf8(part) || part.includes(0));
  if (line === undefined) return bytes.toString('utf8');
  const wide = [0xfeff, 0xfffe].includes(bytes.length > 1 ? bytes.readUInt16BE(0) : 0);
  throw wrongIn(
    line,
    wide ? 'it is in UTF-16.' : 'it holds bytes that are not UTF-8.',
    'Save it as UTF-8 and load the skills again.',
  );
}

/** No sequence of UTF-8 goes over the end of a line. */
function firstLine(bytes: Buffer, isWrong: (part: Buffer) => boolean): number | undefined {
  if (!isWrong(bytes)) return undefined;
  let line = 1;
  for (let at = 0; ; line++) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0 || isWrong(bytes.subarray(at, end))) return line;
    at = end + 1;
  }
}
