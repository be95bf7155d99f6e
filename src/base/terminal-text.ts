/**
 * What a terminal would show of a program's output, as plain text: colours, titles and other escape
 * sequences are gone, a line that was drawn over again (progress bars) reads as it did last, and
 * backspaces are applied. Everything else stays, for `visibleBlock` to write out.
 */
export const terminalText = (text: string): string =>
  ACTS.test(text) ? text.split('\n').map(terminalLine).join('\n') : text;

/** The same for one line without its newline. A sequence that is cut off at the end is dropped. */
export function terminalLine(line: string): string {
  if (!ACTS.test(line)) return line;
  const ended = line.endsWith('\r') ? line.slice(0, -1) : line;
  const cells: string[] = [];
  let at = 0;
  for (const [piece, sequence] of ended.matchAll(PIECE)) {
    if (sequence !== undefined) erase(cells, at, sequence);
    else if (piece === '\r') at = 0;
    else if (piece === '\b') at = Math.max(0, at - 1);
    else {
      for (; cells.length < at; ) cells.push(' ');
      cells[at] = piece;
      at += 1;
    }
  }
  return cells.join('');
}

/** Sequences end on their line and are short: what claims to be a longer one is shown for what it is. */
const MOST = 4096;
/** ESC and its one-character forms (C1), carriage return and backspace: what moves or hides. */
const ACTS = /[\u001b\u0080-\u009f\r\b]/;

// ECMA-48: CSI with parameters and a final letter; strings that end with BEL or ST; other escapes.
const CSI = '(?:\\u001b\\[|\\u009b)[0-?]{0,64}[ -/]{0,8}(?:[@-~]|$)';
const STRING = `(?:\\u001b[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])[^\\u0000-\\u001f\\u0080-\\u009f]{0,${MOST}}(?:\\u0007|\\u001b\\\\|\\u009c|\\u001b?$)`;
const OTHER = '\\u001b[ -/]{0,8}(?:[0-Z\\\\`-~]|$)';
const PIECE = new RegExp(`(${CSI}|${STRING}|${OTHER})|[^]`, 'gu');

/** Of all that sequences do, only erasing changes what a line reads like. */
function erase(cells: string[], at: number, sequence: string): void {
  const [, how] = /^(?:\u001b\[|\u009b)([012]?)K$/u.exec(sequence) ?? [];
  if (how === undefined) return;
  if (how === '' || how === '0') cells.length = Math.min(cells.length, at);
  else cells.fill(' ', 0, how === '2' ? cells.length : Math.min(cells.length, at + 1));
}
