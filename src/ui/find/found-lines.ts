import { type Row, row } from '../text/spans.ts';
import { linesWith } from './words.ts';

/** Of many that are found, the newest are listed. */
const MOST_LISTED = 40;

/** What was printed that has those words, as lines once more: for where nothing is redrawn. */
export function foundLines(lines: readonly string[], words: string): readonly Row[] {
  if (words === '') return [row('Say what to search for:   /search WORDS', 'caution')];
  const found = linesWith(lines, words);
  const count = found.length;
  if (count === 0)
    return [row('No line above has that. The whole log:   atom logs --search WORDS')];
  const head = `${count} ${count === 1 ? 'line has' : 'lines have'} that`;
  const left = count > MOST_LISTED ? `; the newest ${MOST_LISTED}:` : ':';
  return [
    row(`${head}${left}`),
    ...found.slice(-MOST_LISTED).map((at) => row(`  ${lines[at] ?? ''}`)),
  ];
}
