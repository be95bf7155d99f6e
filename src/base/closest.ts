/** The candidate that a mistyped word most likely stands for; undefined where none is near. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const near = candidates
    .map((candidate) => ({ candidate, edits: editsBetween(word, candidate) }))
    .filter(
      ({ candidate, edits }) => edits <= (Math.min(candidate.length, word.length) > 3 ? 2 : 1),
    )
    .toSorted((a, b) => a.edits - b.edits);
  return near[0]?.candidate ?? candidates.find((candidate) => startsLike(word, candidate));
}

const startsLike = (word: string, candidate: string): boolean =>
  word.length > 1 && (candidate.startsWith(word) || word.startsWith(candidate));

/** Letters to insert, drop or replace to get from one word to the other (Levenshtein). */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
