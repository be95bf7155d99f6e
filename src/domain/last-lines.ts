import { visibleBlock } from '../base/visible.ts';

/** The last lines of a text that comes in pieces. */
export interface LastLines {
  readonly done: readonly string[];
  /** The line that is being written, as it reads now. */
  readonly now: string;
}

export const noLines: LastLines = { done: [], now: '' };

/** Longer lines are cut: they are for a look, not for reading. */
const MOST_CHARS = 200;

/** After one more piece; `most` lines are kept, without empty ones, safe to look at. */
export function moreLines(
  { done, now }: LastLines,
  { text, line }: { readonly text: string; readonly line?: string },
  most: number,
): LastLines {
  // What comes without its own unfinished line is as it came: its last piece goes on.
  const whole = line === undefined ? `${now}${text}` : text;
  const cut = whole.lastIndexOf('\n') + 1;
  const fresh = whole.slice(0, line === undefined ? cut : whole.length).split('\n');
  const kept = [...done, ...fresh.filter((each) => each.trim() !== '').map(shown)].slice(-most);
  return { done: kept, now: line ?? whole.slice(cut).slice(-MOST_CHARS) };
}

/** All of them, the unfinished one last. */
export const linesOf = ({ done, now }: LastLines, most: number): readonly string[] =>
  (now.trim() === '' ? done : [...done, shown(now)]).slice(-most);

const shown = (line: string): string =>
  visibleBlock(line.slice(0, MOST_CHARS)).slice(0, MOST_CHARS).toWellFormed();
