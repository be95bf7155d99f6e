import { visible } from '../base/visible.ts';
import type { PathChange, UndoPlan, UndoRun } from './undo.ts';

/** How many paths are listed one by one. */
const MOST_LINES = 20;

/** What ran, on one line that is safe to look at. */
export const runWords = ({ words }: Pick<UndoRun, 'words'>): string =>
  visible(words.join(' ')).slice(0, 200).toWellFormed();

/** `3 made again, 1 changed back, 2 removed`; `nothing` where there is none. */
export function countWords(changes: readonly PathChange[]): string {
  const count = (what: PathChange['what']): number =>
    changes.filter((change) => change.what === what).length;
  const parts = [
    [count('make'), 'made again'],
    [count('change'), 'changed back'],
    [count('remove'), 'removed'],
  ] as const;
  const said = parts.filter(([many]) => many > 0).map(([many, what]) => `${many} ${what}`);
  return said.join(', ') || 'nothing';
}

/** One line a path: `+` is made again, `~` changed back, `-` removed, `=` kept as it is; not too many. */
export function changeLines({ changes, kept, left }: Omit<UndoPlan, 'of' | 'digest'>): string[] {
  return [
    ...some(changes.map(({ path, what }) => `${SIGNS[what]} ${visible(path)}`)),
    ...some(kept.map((path) => `= ${visible(path)}: changed again since, stays as it is`)),
    ...some(left.map((path) => `= ${visible(path)}: too large for a copy, left as it is`)),
  ];
}

const SIGNS: Readonly<Record<PathChange['what'], string>> = { make: '+', change: '~', remove: '-' };

const some = (lines: readonly string[]): readonly string[] =>
  lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES), `… and ${lines.length - MOST_LINES} more`];
